package belfry.buckets;

import belfry.api.s3.OwnershipControls;
import belfry.api.s3.OwnershipControlsRule;
import belfry.base.Json;
import belfry.wire.ServiceException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Object ownership. Belfry has the default alone, in which lists of grants are switched off. */
final class Ownership {
    static final String DEFAULT = "BucketOwnerEnforced";

    private Ownership() {}

    /** @throws ServiceException for the settings that would bring lists of grants back */
    static String check(@Nullable String ownership) {
        if (ownership == null) {
            throw S3Errors.malformedXml();
        }
        if (!ownership.equals(DEFAULT)) {
            throw S3Errors.notImplemented("Object ownership " + ownership + " (access control lists)");
        }
        return ownership;
    }

    static String document(String ownership) {
        return Json.write(Json.object().put("ObjectOwnership", ownership));
    }

    static OwnershipControls read(String document) {
        String ownership = Json.parse(document).path("ObjectOwnership").asText();
        return new OwnershipControls().rules(List.of(new OwnershipControlsRule().objectOwnership(ownership)));
    }
}
