package belfry.vault;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Where a listing goes on: the last item's name, opaque to the caller. */
final class Marker {
    private Marker() {}

    static String after(String lastName) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(lastName.getBytes(StandardCharsets.UTF_8));
    }

    /** The name, or empty where no listing of ours gave out this marker. */
    static Optional<String> read(String marker) {
        try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
