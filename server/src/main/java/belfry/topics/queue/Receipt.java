package belfry.topics.queue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What a receipt handle holds: which message, and which receiving of it. Whoever has it may delete the message. */
record Receipt(String messageId, String secret) {
    String text() {
        String both = messageId + " " + secret;
        return Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws belfry.wire.ServiceException {@code ReceiptHandleIsInvalid} */
    static Receipt read(String handle) {
        try {
            String both = new String(Base64.getDecoder().decode(handle), StandardCharsets.UTF_8);
            int blank = both.indexOf(' ');
            if (blank > 0) {
                return new Receipt(both.substring(0, blank), both.substring(blank + 1));
            }
        } catch (IllegalArgumentException e) {
            // Refused below like any other text that is no handle.
        }
        throw Faults.receipt(handle);
    }
}
