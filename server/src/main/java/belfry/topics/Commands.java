package belfry.topics;

import java.time.Instant;

/** AWS CLI commands that lead to the events of an alert, ready to paste into a POSIX shell. */
final class Commands {
    private final String endpoint;
    private final String region;

    /** @param endpoint where this server is reached */
    Commands(String endpoint, String region) {
        this.endpoint = endpoint;
        this.region = region;
    }

    /** One record out of the event history. */
    String lookupEvent(String eventId) {
        return "aws cloudtrail lookup-events" + " --lookup-attributes "
                + quote("AttributeKey=EventId,AttributeValue=" + eventId) + place();
    }

    /**
     * All of a log group's events between two instants, the last included.
     *
     * @param pattern a filter pattern; empty for all
     */
    String filterLogEvents(String group, Instant from, Instant to, String pattern) {
        return "aws logs filter-log-events --log-group-name " + quote(group) + " --start-time " + from.toEpochMilli()
                + " --end-time " + to.toEpochMilli() + (pattern.isEmpty() ? "" : " --filter-pattern " + quote(pattern))
                + place();
    }

    /** Everything that an access key did, out of the event history. */
    String lookupAccessKey(String key) {
        return "aws cloudtrail lookup-events --lookup-attributes "
                + quote("AttributeKey=AccessKeyId,AttributeValue=" + key) + place();
    }

    /** Ends what a user's access key can do. */
    String deactivateKey(String user, String key) {
        return "aws iam update-access-key --status Inactive --user-name " + quote(user) + " --access-key-id "
                + quote(key) + place();
    }

    /** A metric filter. */
    String describeFilter(String group, String filter) {
        return "aws logs describe-metric-filters --log-group-name " + quote(group) + " --filter-name-prefix "
                + quote(filter) + place();
    }

    /** An alarm. */
    String describeAlarm(String alarm) {
        return "aws cloudwatch describe-alarms --alarm-names " + quote(alarm) + place();
    }

    private String place() {
        return " --region " + quote(region) + " --endpoint-url " + quote(endpoint);
    }

    /** Plain words stay as they are; in all else the shell must not find anything to do. */
    private static String quote(String text) {
        return text.matches("[A-Za-z0-9_./:=,@-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
