package belfry.tools.doctor;

/**
 * Something that the chain leads to.
 *
 * @param sound whether every link before it lets a read through
 */
record Hop<T>(T what, boolean sound) {
    /** @param sound whether this link lets it through too */
    <U> Hop<U> to(U next, boolean sound) {
        return new Hop<>(next, this.sound && sound);
    }
}
