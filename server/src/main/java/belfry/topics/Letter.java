package belfry.topics;

import org.jspecify.annotations.Nullable;

/**
 * A mail's content.
 *
 * @param sender the display name beside the sender's address
 * @param subject one line; may hold any letters
 * @param text the plain part
 * @param html the HTML part, or null where the mail is plain text
 * @param unsubscribeUrl for the List-Unsubscribe header; null where there is nothing to unsubscribe from
 */
public record Letter(
        String sender,
        String subject,
        String text,
        @Nullable String html,
        @Nullable String unsubscribeUrl) {
    public Letter {
        if (sender.chars().anyMatch(Character::isISOControl) || subject.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a mail's header line holds no control characters");
        }
    }
}
