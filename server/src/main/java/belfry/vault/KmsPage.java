package belfry.vault;

import belfry.wire.ServiceException;
import java.util.List;

/** Paging as KMS does it: Limit, Marker, Truncated. */
final class KmsPage {
    private KmsPage() {}

    /** The name after which the page begins. */
    static String after(String marker) {
        return Marker.read(marker)
                .orElseThrow(() -> ServiceException.of("InvalidMarkerException", "Invalid marker: " + marker));
    }

    /** Cuts the one item too many that tells whether there are more. */
    static boolean cut(List<?> found, int limit) {
        boolean more = found.size() > limit;
        if (more) {
            found.removeLast();
        }
        return more;
    }
}
