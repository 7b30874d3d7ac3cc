@NullMarked
package belfry.codegen;

import org.jspecify.annotations.NullMarked;
