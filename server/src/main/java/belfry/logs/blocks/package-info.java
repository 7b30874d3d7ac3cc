/**
 * Log events in compressed blocks, a row per block: how they are packed, found again, read in order and merged. Knows
 * groups and streams by their ids only.
 *
 * <p>A block is a list of runs, a run the events that one call brought into one stream, sorted by time. Merging puts runs
 * of many blocks together without touching the events, so that an event keeps its {@link belfry.logs.blocks.Position}.
 */
@NullMarked
package belfry.logs.blocks;

import org.jspecify.annotations.NullMarked;
