/**
 * Build time only: turns the stripped AWS service descriptions ({@code wire/src/main/models}) into typed structures,
 * one interface per service, and the generated glue that calls it. Runs inside Maven's own JVM, so it is compiled for
 * Java 17.
 */
@NullMarked
package belfry.codegen;

import org.jspecify.annotations.NullMarked;
