package belfry.trail;

import belfry.api.cloudtrail.ResourceTag;
import belfry.api.cloudtrail.Tag;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tags of trails. */
final class TrailTags {
    private static final int TAGS_MAX = 50;
    private static final int RESOURCES_MAX = 20;

    private TrailTags() {}

    static void add(Tx tx, Trail trail, @Nullable List<Tag> tags) {
        if (tags == null) {
            return;
        }
        Set<String> seen = new HashSet<>();
        for (Tag tag : tags) {
            if (tag.key().startsWith("aws:")) {
                throw invalid("Tag keys cannot begin with aws:.");
            }
            if (!seen.add(tag.key())) {
                throw invalid("Tag key " + tag.key() + " is given more than once.");
            }
            tx.update(
                    "INSERT INTO trail_tag (trail_id, tag_key, tag_value) VALUES (?, ?, ?)"
                            + " ON CONFLICT (trail_id, tag_key) DO UPDATE SET tag_value = excluded.tag_value",
                    trail.id(),
                    tag.key(),
                    tag.value() == null ? "" : tag.value());
        }
        if (tx.count("SELECT COUNT(*) FROM trail_tag WHERE trail_id = ?", trail.id()) > TAGS_MAX) {
            throw ServiceException.of("TagsLimitExceededException", "A trail can have at most " + TAGS_MAX + " tags.");
        }
    }

    static void remove(Tx tx, Trail trail, List<Tag> tags) {
        for (Tag tag : tags) {
            // A value, where given, must agree.
            tx.update(
                    "DELETE FROM trail_tag WHERE trail_id = ? AND tag_key = ? AND (? IS NULL OR tag_value = ?)",
                    trail.id(),
                    tag.key(),
                    tag.value(),
                    tag.value());
        }
    }

    static List<ResourceTag> list(Tx tx, Call call, List<String> arns) {
        if (arns.isEmpty() || arns.size() > RESOURCES_MAX) {
            throw ServiceException.of(
                    "InvalidParameterException", "ResourceIdList must hold 1 to " + RESOURCES_MAX + " ARNs.");
        }
        return arns.stream()
                .map(arn -> new ResourceTag().resourceId(arn).tagsList(of(tx, find(tx, call, arn))))
                .toList();
    }

    private static List<Tag> of(Tx tx, Trail trail) {
        return tx.query(
                "SELECT tag_key, tag_value FROM trail_tag WHERE trail_id = ? ORDER BY tag_key",
                row -> new Tag().key(row.text(1)).value(row.text(2)),
                trail.id());
    }

    /** The trail with this ARN; names are not taken here. */
    static Trail find(Tx tx, Call call, String arn) {
        if (TrailNames.arn(arn).isEmpty()) {
            throw ServiceException.of("CloudTrailARNInvalidException", "Invalid trail ARN: " + arn);
        }
        Trail trail = TrailFinder.find(tx, call, arn)
                .orElseThrow(
                        () -> ServiceException.of("ResourceNotFoundException", "Resource not found: " + arn + "."));
        call.touches("AWS::CloudTrail::Trail", trail.arn());
        return trail;
    }

    private static ServiceException invalid(String message) {
        return ServiceException.of("InvalidTagParameterException", message);
    }
}
