package belfry.logs.blocks;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where an event stands in its group: by time, then by arrival. It never changes, whatever blocks are merged, so it is the
 * event's id and what paging tokens hold.
 *
 * @param time the event's time, epoch milliseconds
 * @param arrival the {@code seq} of the block that the event arrived in
 * @param index its place in that block
 */
public record Position(long time, long arrival, int index) implements Comparable<Position> {
    /** AWS's event ids are the time times 2^144 plus something; ours are the same plus arrival and index. */
    private static final int TIME_SHIFT = 144;

    private static final int ARRIVAL_SHIFT = 32;
    private static final int DIGITS = 56;
    private static final Pattern ID = Pattern.compile("[0-9]{" + DIGITS + "}");
    private static final BigInteger ARRIVAL_MASK =
            BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);
    private static final Comparator<Position> ORDER = Comparator.comparingLong(Position::time)
            .thenComparingLong(Position::arrival)
            .thenComparingInt(Position::index);

    public Position {
        if (time < 0 || arrival < 0 || index < 0) {
            throw new IllegalArgumentException("no part of a position is negative");
        }
    }

    /** Before every event of that time. */
    public static Position startOf(long time) {
        return new Position(Math.max(0, time), 0, 0);
    }

    /** The place right behind this event. */
    public Position next() {
        return new Position(time, arrival, index + 1);
    }

    /** 56 decimal digits; sorted as text they are sorted as positions. */
    public String id() {
        String digits = BigInteger.valueOf(time)
                .shiftLeft(TIME_SHIFT)
                .add(BigInteger.valueOf(arrival).shiftLeft(ARRIVAL_SHIFT))
                .add(BigInteger.valueOf(index))
                .toString();
        return "0".repeat(Math.max(0, DIGITS - digits.length())) + digits;
    }

    /** The position that {@link #id} was made from, or empty where the text is no such id. */
    public static Optional<Position> parse(String id) {
        if (!ID.matcher(id).matches()) {
            return Optional.empty();
        }
        BigInteger number = new BigInteger(id);
        BigInteger time = number.shiftRight(TIME_SHIFT);
        BigInteger rest = number.subtract(time.shiftLeft(TIME_SHIFT));
        if (rest.shiftRight(ARRIVAL_SHIFT).compareTo(ARRIVAL_MASK.shiftRight(1)) > 0) {
            return Optional.empty();
        }
        int index = rest.intValue();
        long arrival = rest.shiftRight(ARRIVAL_SHIFT).longValueExact();
        return index < 0 ? Optional.empty() : Optional.of(new Position(time.longValueExact(), arrival, index));
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }
}
