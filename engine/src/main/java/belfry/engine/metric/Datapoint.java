package belfry.engine.metric;

/**
 * The samples of a metric in the second or minute that begins at {@code start}.
 *
 * @param start epoch seconds
 * @param unit the samples' unit, {@code None} if they have none
 */
public record Datapoint(long start, String unit, Aggregate samples) {}
