/** {@code belfry setup}: puts the detections of {@code detections/} on Belfry or on AWS. A client of the APIs. */
@NullMarked
package belfry.tools.setup;

import org.jspecify.annotations.NullMarked;
