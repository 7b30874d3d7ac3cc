package belfry.trail;

import belfry.base.Sha256;
import belfry.wire.ServiceException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Where a page of LookupEvents ended; its text is good only for the query that it came from. */
record LookupToken(Instant at, long seq) {
    private static final int PARTS = 3;
    private static final int CHECK_LENGTH = 16;

    /** What was asked, as far as a following page must ask the same. */
    record Query(
            String account,
            String region,
            String key,
            String value,
            @Nullable Instant start,
            @Nullable Instant end) {
        boolean byResource() {
            return key.startsWith("Resource");
        }

        private String check() {
            return Sha256.hex(toString()).substring(0, CHECK_LENGTH);
        }
    }

    /** Before the first page: the end time counts too. */
    static LookupToken first(Instant end) {
        return new LookupToken(end, Long.MAX_VALUE);
    }

    String text(Query query) {
        String plain = query.check() + "." + at.toEpochMilli() + "." + seq;
        return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
    }

    /** @throws ServiceException InvalidNextTokenException */
    static LookupToken parse(String text, Query query) {
        try {
            String[] parts = new String(Base64.getDecoder().decode(text), StandardCharsets.US_ASCII).split("\\.", -1);
            if (parts.length == PARTS && parts[0].equals(query.check())) {
                return new LookupToken(Instant.ofEpochMilli(Long.parseLong(parts[1])), Long.parseLong(parts[2]));
            }
        } catch (IllegalArgumentException e) {
            // Not a token of ours: answered below, as any other wrong one.
        }
        throw ServiceException.of(
                "InvalidNextTokenException", "The token is not valid, or was given for another query.");
    }
}
