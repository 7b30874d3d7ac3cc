package belfry.logs.blocks;

/**
 * From one position (inclusive) to another (exclusive).
 */
public record Range(Position from, Position to) {
    /** Later than any time there is. */
    private static final long LAST_TIME = Long.MAX_VALUE >> 16;

    /** Events with {@code from <= time < to}, epoch milliseconds. */
    public static Range ofTimes(long from, long to) {
        return new Range(Position.startOf(Math.min(from, LAST_TIME)), Position.startOf(Math.min(to, LAST_TIME)));
    }

    /** The part of it that does not lie before {@code position}. */
    public Range startingAt(Position position) {
        return from.compareTo(position) < 0 ? new Range(position, to) : this;
    }

    /** The part of it that lies before {@code position}. */
    public Range endingBefore(Position position) {
        return to.compareTo(position) > 0 ? new Range(from, position) : this;
    }

    boolean contains(Position position) {
        return from.compareTo(position) <= 0 && position.compareTo(to) < 0;
    }

    boolean isEmpty() {
        return from.compareTo(to) >= 0;
    }
}
