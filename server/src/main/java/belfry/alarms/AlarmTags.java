package belfry.alarms;

import belfry.api.cloudwatch.ListTagsForResourceOutput;
import belfry.api.cloudwatch.Tag;
import belfry.base.Arn;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Alarms' tags. */
final class AlarmTags {
    static final int TAGS_MAX = 50;

    private AlarmTags() {}

    static void check(@Nullable List<Tag> tags) {
        if (tags == null) {
            return;
        }
        Set<String> seen = new HashSet<>();
        for (Tag tag : tags) {
            if (tag.key().startsWith("aws:")) {
                throw invalid("The tag key " + tag.key() + " is reserved: keys must not begin with aws:.");
            }
            if (!seen.add(tag.key())) {
                throw invalid("The tag key " + tag.key() + " is given twice.");
            }
        }
        if (seen.size() > TAGS_MAX) {
            throw invalid("A resource has at most " + TAGS_MAX + " tags.");
        }
    }

    static void put(Tx tx, long alarm, @Nullable List<Tag> tags) {
        for (Tag tag : tags == null ? List.<Tag>of() : tags) {
            tx.update(
                    "INSERT INTO alarm_tag (alarm, name, value) VALUES (?, ?, ?)"
                            + " ON CONFLICT (alarm, name) DO UPDATE SET value = excluded.value",
                    alarm,
                    tag.key(),
                    tag.value());
        }
        if (tx.count("SELECT COUNT(*) FROM alarm_tag WHERE alarm = ?", alarm) > TAGS_MAX) {
            throw invalid("A resource has at most " + TAGS_MAX + " tags.");
        }
    }

    static void remove(Tx tx, long alarm, List<String> keys) {
        for (String key : keys) {
            tx.update("DELETE FROM alarm_tag WHERE alarm = ? AND name = ?", alarm, key);
        }
    }

    static ListTagsForResourceOutput list(Tx tx, long alarm) {
        return new ListTagsForResourceOutput()
                .tags(tx.query(
                        "SELECT name, value FROM alarm_tag WHERE alarm = ? ORDER BY name",
                        row -> new Tag().key(row.text(1)).value(row.text(2)),
                        alarm));
    }

    /** The alarm that an ARN names, in the caller's account and region. */
    static Alarm alarm(Tx tx, String text, Call call) {
        Arn arn = Arn.parse(text)
                .filter(parsed -> parsed.service().equals("cloudwatch"))
                .orElseThrow(() -> invalid("The parameter ResourceARN is invalid: " + text));
        return Optional.of(arn.resource())
                .filter(resource -> resource.startsWith("alarm:")
                        && arn.account().equals(call.account())
                        && arn.region().equals(call.region()))
                .flatMap(resource ->
                        AlarmTable.find(tx, call.account(), call.region(), resource.substring("alarm:".length())))
                .orElseThrow(() -> ServiceException.of("ResourceNotFoundException", 404, "Unknown resource: " + text)
                        .with("ResourceType", "alarm")
                        .with("ResourceId", text));
    }

    private static ServiceException invalid(String message) {
        return ServiceException.of("InvalidParameterValueException", message);
    }
}
