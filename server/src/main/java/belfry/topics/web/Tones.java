package belfry.topics.web;

import belfry.topics.mail.Tone;

/** Colours beside a message. */
final class Tones {
    private Tones() {}

    /** {@code #rrggbb}. */
    static String color(Tone tone) {
        return switch (tone) {
            case ALARM -> "#c62828";
            case GOOD -> "#2e7d32";
            case QUIET -> "#616161";
            case PLAIN -> "#1f4e8c";
        };
    }
}
