package belfry.topics.queue;

import belfry.base.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What a receipt handle holds: which message, and which receiving of it. Whoever has it may delete the message. */
record Receipt(String messageId, String secret) {
    private static final int MARK = 16;

    /** @param queueArn the queue that the message was received from: the handle is good there alone */
    String text(String queueArn) {
        String all = messageId + " " + secret + " " + mark(queueArn);
        return Base64.getEncoder().encodeToString(all.getBytes(StandardCharsets.UTF_8));
    }

    private static String mark(String queueArn) {
        return Sha256.hex(queueArn).substring(0, MARK);
    }

    /** @throws belfry.wire.ServiceException {@code ReceiptHandleIsInvalid} */
    static Receipt read(String handle, String queueArn) {
        try {
            String all = new String(Base64.getDecoder().decode(handle), StandardCharsets.UTF_8);
            String[] parts = all.split(" ", -1);
            // Handles given out by earlier versions name no queue.
            if (parts.length == 2 || (parts.length == 3 && parts[2].equals(mark(queueArn)))) {
                return new Receipt(parts[0], parts[1]);
            }
        } catch (IllegalArgumentException e) {
            // Refused below like any other text that is no handle.
        }
        throw Faults.receipt(handle);
    }
}
