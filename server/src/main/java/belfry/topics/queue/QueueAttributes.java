package belfry.topics.queue;

import belfry.access.policy.MalformedPolicyException;
import belfry.access.policy.PolicyDocument;
import belfry.wire.ServiceException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A queue's attributes: which can be set, what they may hold, and what is shown of them. All are text. */
final class QueueAttributes {
    /** What holds where nothing was set. */
    static final Map<String, String> DEFAULTS = Map.of(
            "VisibilityTimeout", "30",
            "MessageRetentionPeriod", "345600",
            "DelaySeconds", "0",
            "ReceiveMessageWaitTimeSeconds", "0",
            "MaximumMessageSize", "1048576",
            "SqsManagedSseEnabled", "true",
            "KmsDataKeyReusePeriodSeconds", "300");

    private static final String REUSE = "KmsDataKeyReusePeriodSeconds";
    private static final int KEY_MAX = 2_048;

    private record Range(long min, long max) {}

    private static final Map<String, Range> NUMBERS = Map.of(
            "VisibilityTimeout", new Range(0, 43_200),
            "MessageRetentionPeriod", new Range(60, 1_209_600),
            "DelaySeconds", new Range(0, 900),
            "ReceiveMessageWaitTimeSeconds", new Range(0, 20),
            "MaximumMessageSize", new Range(1_024, 1_048_576),
            "KmsDataKeyReusePeriodSeconds", new Range(60, 86_400));

    private static final Set<String> ONLY_FIFO =
            Set.of("FifoQueue", "ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit");

    /** What can be asked for beside the above. */
    private static final Set<String> SHOWN = Set.of(
            "All",
            "QueueArn",
            "ApproximateNumberOfMessages",
            "ApproximateNumberOfMessagesNotVisible",
            "ApproximateNumberOfMessagesDelayed",
            "CreatedTimestamp",
            "LastModifiedTimestamp",
            "Policy",
            "RedrivePolicy",
            "RedriveAllowPolicy",
            "SqsManagedSseEnabled",
            "KmsMasterKeyId");

    private QueueAttributes() {}

    static boolean known(String name) {
        return SHOWN.contains(name) || NUMBERS.containsKey(name) || ONLY_FIFO.contains(name);
    }

    /**
     * The attributes after setting some; an empty value clears one.
     *
     * @param fifo whether the queue's name ends in {@code .fifo}
     */
    static Map<String, String> set(Map<String, String> before, Map<String, String> changes, boolean fifo) {
        Map<String, String> after = new TreeMap<>(before);
        changes.forEach((name, value) -> {
            check(name, value, fifo);
            if (value.isEmpty()) {
                after.remove(name);
            } else {
                after.put(name, NUMBERS.containsKey(name) ? String.valueOf(Long.parseLong(value)) : value);
            }
        });
        checkThroughput(after);
        settleEncryption(after, changes);
        return after;
    }

    private static void check(String name, String value, boolean fifo) {
        Range range = NUMBERS.get(name);
        if (range != null) {
            checkNumber(name, value, range);
        } else if (ONLY_FIFO.contains(name)) {
            checkFifo(name, value, fifo);
        } else {
            switch (name) {
                case "Policy" -> checkPolicy(value);
                case "RedrivePolicy" -> Redrives.checkPolicy(value);
                case "RedriveAllowPolicy" -> Redrives.checkAllow(value);
                case "SqsManagedSseEnabled" -> checkFlag(name, value);
                case "KmsMasterKeyId" -> checkKey(value);
                default -> throw Faults.unknownAttribute(name);
            }
        }
    }

    private static void checkNumber(String name, String value, Range range) {
        if (!value.matches("\\d{1,9}")) {
            throw Faults.invalidAttribute(name);
        }
        long number = Long.parseLong(value);
        if (number < range.min() || number > range.max()) {
            throw Faults.invalidAttribute(name);
        }
    }

    private static void checkFlag(String name, String value) {
        if (!Set.of("", "true", "false").contains(value)) {
            throw Faults.invalidAttribute(name);
        }
    }

    private static void checkFifo(String name, String value, boolean fifo) {
        if (!fifo) {
            throw Faults.unknownAttribute(name);
        }
        switch (name) {
            case "FifoQueue" -> {
                if (!value.equals("true")) {
                    throw Faults.invalidAttribute(name);
                }
            }
            case "DeduplicationScope" -> oneOf(name, value, "queue", "messageGroup");
            case "FifoThroughputLimit" -> oneOf(name, value, "perQueue", "perMessageGroupId");
            default -> checkFlag(name, value);
        }
    }

    /** Whether there is such a key shows when somebody sends, as on AWS: the key may be made later. */
    private static void checkKey(String value) {
        if (value.length() > KEY_MAX || value.chars().anyMatch(c -> c <= ' ' || c >= 0x7F)) {
            throw Faults.invalidAttribute("KmsMasterKeyId");
        }
    }

    /** A queue has one way of encryption: the one that was chosen last takes the other's place. */
    private static void settleEncryption(Map<String, String> after, Map<String, String> changes) {
        String key = changes.get("KmsMasterKeyId");
        boolean byServer = "true".equals(changes.get("SqsManagedSseEnabled"));
        if (key != null && !key.isEmpty()) {
            if (byServer) {
                throw ServiceException.of(
                        "InvalidAttributeName",
                        "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS"
                                + " SSE or SQS SSE.");
            }
            after.put("SqsManagedSseEnabled", "false");
        } else if (byServer) {
            after.remove("KmsMasterKeyId");
        }
    }

    private static void oneOf(String name, String value, String... fine) {
        if (!value.isEmpty() && !Set.of(fine).contains(value)) {
            throw Faults.invalidAttribute(name);
        }
    }

    /** A limit by group goes with deduplication by group only. */
    private static void checkThroughput(Map<String, String> after) {
        if ("perMessageGroupId".equals(after.get("FifoThroughputLimit"))
                && !"messageGroup".equals(after.get("DeduplicationScope"))) {
            throw Faults.invalid("Value perMessageGroupId for parameter FifoThroughputLimit is invalid. Reason: The"
                    + " DeduplicationScope must be messageGroup.");
        }
    }

    private static void checkPolicy(String value) {
        try {
            if (!value.isEmpty()) {
                var unused = PolicyDocument.parse(value);
            }
        } catch (MalformedPolicyException e) {
            throw Faults.invalidAttribute("Policy");
        }
    }

    /** How many messages a queue holds, and where they stand. */
    record Counts(long visible, long inFlight, long delayed) {}

    /** All that is shown, in the order in which AWS names them. */
    static Map<String, String> all(Queue queue, Counts counts) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("QueueArn", queue.arn());
        all.put("ApproximateNumberOfMessages", String.valueOf(counts.visible()));
        all.put("ApproximateNumberOfMessagesNotVisible", String.valueOf(counts.inFlight()));
        all.put("ApproximateNumberOfMessagesDelayed", String.valueOf(counts.delayed()));
        all.put("CreatedTimestamp", String.valueOf(queue.createdAt().getEpochSecond()));
        all.put("LastModifiedTimestamp", String.valueOf(queue.changedAt().getEpochSecond()));
        new TreeMap<>(DEFAULTS).forEach(all::put);
        if (queue.fifo()) {
            all.put("FifoQueue", "true");
            all.put("ContentBasedDeduplication", "false");
            all.put("DeduplicationScope", "queue");
            all.put("FifoThroughputLimit", "perQueue");
        }
        if (queue.kmsKey() == null) {
            all.remove(REUSE);
        }
        all.putAll(queue.attributes());
        return all;
    }

    /** Those asked for; {@code All} is every one. */
    static Map<String, String> shown(Map<String, String> all, List<String> asked) {
        for (String name : asked) {
            if (!known(name)) {
                throw Faults.unknownAttribute(name);
            }
        }
        if (asked.contains("All")) {
            return all;
        }
        Map<String, String> shown = new LinkedHashMap<>(all);
        shown.keySet().retainAll(Set.copyOf(asked));
        return shown;
    }
}
