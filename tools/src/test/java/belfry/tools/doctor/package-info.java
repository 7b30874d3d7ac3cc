@NullMarked
package belfry.tools.doctor;

import org.jspecify.annotations.NullMarked;
