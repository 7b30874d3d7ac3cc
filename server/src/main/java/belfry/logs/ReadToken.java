package belfry.logs;

import belfry.logs.blocks.Position;
import belfry.logs.blocks.Range;

/**
 * A token of GetLogEvents: a place between two events, and the direction to read from there. Written as AWS writes them,
 * {@code f/<56 digits>/s} and {@code b/<56 digits>/s}.
 */
record ReadToken(boolean forward, Position at) {
    static ReadToken parse(String text) {
        boolean forward = text.startsWith("f/");
        if ((!forward && !text.startsWith("b/")) || !text.endsWith("/s") || text.length() < 4) {
            throw LogErrors.badToken();
        }
        Position at = Position.parse(text.substring(2, text.length() - 2)).orElseThrow(LogErrors::badToken);
        return new ReadToken(forward, at);
    }

    String text() {
        return (forward ? "f/" : "b/") + at.id() + "/s";
    }

    /** The part of a range that lies in the token's direction. */
    Range within(Range range) {
        return forward ? range.startingAt(at) : range.endingBefore(at);
    }
}
