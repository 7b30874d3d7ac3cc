package belfry.base;

/**
 * A bell that a stage rings in its transaction ({@code tx.ring(bell)}) and that wakes the pumps listening to it once the
 * transaction is durable. The stage that writes the rows owns the bell as a constant.
 */
public record Bell(String name) {
    /** Rung after development mode's reset: whatever a stage keeps in memory is stale. */
    public static final Bell RESET = new Bell("reset");
}
