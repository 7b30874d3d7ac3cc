package belfry.trail;

import belfry.base.Arn;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A trail as it stands.
 *
 * @param id ours; never given to another trail
 * @param prefix of the log files' keys; null for none
 * @param topic who is told of log files; null for nobody
 * @param logs the log group that gets the records; null for none
 * @param selectors null for the default
 * @param logging between StartLogging and StopLogging
 * @param changedBy the request that changed the trail last; null where none has
 * @param firstSeq the number of the last record before the trail was created
 * @param before what held before that request, for the record of that very request
 */
public record Trail(
        long id,
        String account,
        String homeRegion,
        String name,
        String bucket,
        @Nullable String prefix,
        @Nullable Topic topic,
        boolean globalEvents,
        boolean multiRegion,
        boolean validation,
        @Nullable LogsTarget logs,
        @Nullable String kmsKey,
        @Nullable String selectors,
        boolean logging,
        @Nullable Instant startedAt,
        @Nullable Instant stoppedAt,
        @Nullable Instant deletedAt,
        @Nullable String changedBy,
        Before before,
        long firstSeq) {
    /**
     * An SNS topic.
     *
     * @param name as the caller gave it: a name or an ARN
     */
    public record Topic(String name, String arn) {}

    /**
     * A log group and the role through which records get there.
     *
     * @param logGroupArn ends with {@code :*}
     */
    public record LogsTarget(String logGroupArn, String roleArn) {
        /** The group's name within its account and region. */
        public String logGroupName() {
            String resource = Arn.parse(logGroupArn).orElseThrow().resource();
            String name = resource.substring("log-group:".length());
            return name.endsWith(":*") ? name.substring(0, name.length() - 2) : name;
        }

        /** The region that the group is in. */
        public String region() {
            return Arn.parse(logGroupArn).orElseThrow().region();
        }
    }

    /** What held before the latest change. */
    public record Before(
            boolean logging,
            @Nullable String selectors,
            @Nullable LogsTarget logs) {}

    public String arn() {
        return Arn.of("cloudtrail", homeRegion, account, "trail/" + name).toString();
    }

    /** The log stream for this trail's records. */
    public String logStream() {
        return account + "_CloudTrail_" + homeRegion;
    }

    /**
     * Where a selected record goes; the record of the call that changed the trail goes where the trail led before, so
     * that nobody can switch an alarm off unseen.
     */
    public Optional<LogsTarget> logsFor(TrailEvent event) {
        LogsTarget previous = before.logs();
        if (event.requestId().equals(changedBy) && previous != null) {
            return Optional.of(previous);
        }
        return Optional.ofNullable(logs);
    }

    /** Whether the trail logs the record. A call that changes the trail is logged if it would be before or after. */
    Decision decide(AuditRecord record) {
        Decision now = decide(record, logging && deletedAt == null, selectors);
        if (now.selected() || !record.requestId().equals(changedBy)) {
            return now;
        }
        return decide(record, before.logging(), before.selectors()).selected() ? Decision.yes() : now;
    }

    private Decision decide(AuditRecord record, boolean on, @Nullable String chosen) {
        if (!on) {
            return Decision.not(Decision.Reason.NOT_LOGGING);
        }
        if (!multiRegion && !record.region().equals(homeRegion)) {
            return Decision.not(Decision.Reason.OTHER_REGION);
        }
        if (record.global() && !globalEvents) {
            return Decision.not(Decision.Reason.GLOBAL_EXCLUDED);
        }
        return SelectorsJson.parse(chosen).decide(Selectors.Facts.of(record));
    }
}
