package belfry.logs;

import belfry.base.TextMap;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.NoOutput;
import belfry.wire.ServiceException;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Tags of log groups: by ARN, and by name as the older operations do. */
final class LogTags {
    private static final int TAGS_MAX = 50;

    private LogTags() {}

    /** Finds the group whose tags are meant. */
    @FunctionalInterface
    interface Finder {
        LogGroupRow find(Tx tx);
    }

    static NoOutput tag(Call call, Finder finder, Map<String, String> tags) {
        check(tags);
        return call.write(tx -> {
            LogGroupRow group = finder.find(tx);
            Map<String, String> all = group.tagMap();
            all.putAll(tags);
            if (all.size() > TAGS_MAX) {
                throw ServiceException.of(
                        "TooManyTagsException", "A resource can have no more than " + TAGS_MAX + " tags.");
            }
            return save(tx, group, all);
        });
    }

    static NoOutput untag(Call call, Finder finder, Collection<String> keys) {
        return call.write(tx -> {
            LogGroupRow group = finder.find(tx);
            Map<String, String> rest = group.tagMap();
            rest.keySet().removeAll(keys);
            return save(tx, group, rest);
        });
    }

    static Map<String, String> list(Call call, Finder finder) {
        return new TreeMap<>(call.read(finder::find).tagMap());
    }

    /** Keys of AWS's own are not for users. */
    static void check(Map<String, String> tags) {
        for (String key : tags.keySet()) {
            if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
                throw LogErrors.invalid("Tag keys starting with aws: are reserved for system use.");
            }
        }
    }

    private static NoOutput save(Tx tx, LogGroupRow group, Map<String, String> tags) {
        tx.update("UPDATE log_group SET tags = ? WHERE id = ?", TextMap.write(tags), group.id());
        return NoOutput.INSTANCE;
    }
}
