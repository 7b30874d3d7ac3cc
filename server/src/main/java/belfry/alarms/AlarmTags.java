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

/** Tags of alarms and mute rules. */
final class AlarmTags {
    static final int TAGS_MAX = 50;
    private static final String ALARM = "alarm:";
    private static final String MUTE = "alarm-mute-rule:";

    /** What has tags: its table of them, the column there that names it, and its number. */
    record Tagged(String table, String column, long id) {
        static Tagged alarm(long id) {
            return new Tagged("alarm_tag", "alarm", id);
        }

        static Tagged mute(long id) {
            return new Tagged("alarm_mute_tag", "mute", id);
        }

        private String where() {
            return table + " WHERE " + column + " = ?";
        }
    }

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

    static void put(Tx tx, Tagged tagged, @Nullable List<Tag> tags) {
        for (Tag tag : tags == null ? List.<Tag>of() : tags) {
            tx.update(
                    "INSERT INTO " + tagged.table() + " (" + tagged.column() + ", name, value) VALUES (?, ?, ?)"
                            + " ON CONFLICT (" + tagged.column() + ", name) DO UPDATE SET value = excluded.value",
                    tagged.id(),
                    tag.key(),
                    tag.value());
        }
        if (tx.count("SELECT COUNT(*) FROM " + tagged.where(), tagged.id()) > TAGS_MAX) {
            throw invalid("A resource has at most " + TAGS_MAX + " tags.");
        }
    }

    static void remove(Tx tx, Tagged tagged, List<String> keys) {
        for (String key : keys) {
            tx.update("DELETE FROM " + tagged.where() + " AND name = ?", tagged.id(), key);
        }
    }

    static ListTagsForResourceOutput list(Tx tx, Tagged tagged) {
        return new ListTagsForResourceOutput()
                .tags(tx.query(
                        "SELECT name, value FROM " + tagged.where() + " ORDER BY name",
                        row -> new Tag().key(row.text(1)).value(row.text(2)),
                        tagged.id()));
    }

    /** The alarm or mute rule that an ARN names, in the caller's account and region. */
    static Tagged named(Tx tx, String text, Call call) {
        Arn arn = Arn.parse(text)
                .filter(parsed -> parsed.service().equals("cloudwatch"))
                .orElseThrow(() -> invalid("The parameter ResourceARN is invalid: " + text));
        boolean here = arn.account().equals(call.account()) && arn.region().equals(call.region());
        return Optional.of(arn.resource())
                .filter(resource -> here)
                .flatMap(resource -> find(tx, resource, call))
                .orElseThrow(() -> ServiceException.of("ResourceNotFoundException", 404, "Unknown resource: " + text)
                        .with("ResourceType", arn.resource().startsWith(MUTE) ? "alarm-mute-rule" : "alarm")
                        .with("ResourceId", text));
    }

    private static Optional<Tagged> find(Tx tx, String resource, Call call) {
        if (resource.startsWith(ALARM)) {
            return AlarmTable.find(tx, call.account(), call.region(), resource.substring(ALARM.length()))
                    .map(alarm -> Tagged.alarm(alarm.id()));
        }
        if (resource.startsWith(MUTE)) {
            return Mutes.find(tx, call.account(), call.region(), resource.substring(MUTE.length()))
                    .map(mute -> Tagged.mute(mute.id()));
        }
        return Optional.empty();
    }

    private static ServiceException invalid(String message) {
        return ServiceException.of("InvalidParameterValueException", message);
    }
}
