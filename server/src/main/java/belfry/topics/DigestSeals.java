package belfry.topics;

import belfry.base.Json;
import belfry.store.Tx;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What digests read of messages, some of which encrypted topics have sealed (docs/decisions/0817). */
final class DigestSeals {
    private DigestSeals() {}

    /**
     * A message as a digest shows it.
     *
     * @param locked whether its key cannot be used now; then the text says why
     */
    record Content(String text, DigestLine line, boolean locked) {}

    /** A line as it is kept. */
    static String keep(Tx tx, Outbox.Mail mail, DigestLine line) {
        if (mail.keyId() == MessageSeals.NONE) {
            return line.write();
        }
        var content = Json.object().put("line", line.write());
        return Base64.getEncoder().encodeToString(MessageSeals.seal(tx, mail.keyId(), what(mail.mailId()), content));
    }

    /**
     * Reads a row of the outbox.
     *
     * @param sealed the text where the topic is encrypted
     */
    static Content read(Tx tx, long keyId, String mailId, String text, String line, byte @Nullable [] sealed) {
        if (keyId == MessageSeals.NONE || sealed == null) {
            return new Content(text, DigestLine.read(line), false);
        }
        try {
            String whole = MessageSeals.open(tx, keyId, Outbox.what(mailId), sealed)
                    .path("text")
                    .asText();
            String read = MessageSeals.open(
                            tx, keyId, what(mailId), Base64.getDecoder().decode(line))
                    .path("line")
                    .asText();
            return new Content(
                    whole.substring(0, Math.min(whole.length(), Digests.TEXT_MAX)), DigestLine.read(read), false);
        } catch (MessageSeals.LockedException e) {
            String why = "A message that cannot be read: " + e.locked().reason();
            return new Content(why, DigestLine.plain(why), !e.locked().forGood());
        }
    }

    private static String what(String mailId) {
        return "digest-line:" + mailId;
    }
}
