/** What people type: {@code belfry serve}, {@code belfry demo}, {@code belfry setup}. Clients of the APIs and of the engine. */
@NullMarked
package belfry.tools;

import org.jspecify.annotations.NullMarked;
