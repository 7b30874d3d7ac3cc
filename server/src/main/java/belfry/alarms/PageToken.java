package belfry.alarms;

import belfry.wire.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where the next page begins, as opaque text. */
final class PageToken {
    private PageToken() {}

    static String write(String position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }

    static String read(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    static long readNumber(String token) {
        try {
            return Long.parseLong(read(token));
        } catch (NumberFormatException e) {
            throw invalid();
        }
    }

    private static ServiceException invalid() {
        return ServiceException.of("InvalidNextToken", "The given next token is invalid.");
    }
}
