package belfry.hostile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Texts and numbers to call with: what answers have named so far, so that calls hit what is there; documents that fit;
 * what attackers and mistaken people send; and damaged forms of all of them.
 */
final class Words {
    private static final int REMEMBERED_MAX = 60;
    private static final String SIGNS = "{}[]()$.*=!<>&|%\"'\\/ ,;:?-+0129eE_ax@\n\r\t\0\u00e9\u202e\ud83d\ude00";

    private static final List<String> PLAIN = List.of(
            "a",
            "b",
            "name-1",
            "name-2",
            "name-1.fifo",
            "alias/a",
            "alias/aws/secretsmanager",
            "true",
            "false",
            "0",
            "1",
            "5",
            "60",
            "86400",
            "-1",
            "99999999999999999999",
            "3.5",
            "*",
            "Sum",
            "p99",
            "us-east-1",
            "a@example.com",
            "http://127.0.0.1:9/x",
            "https://example.com/hook",
            "+15550100",
            "rate(1 minute)",
            "cron(0 12 * * ? *)",
            "at(2026-03-03T10:00:00)",
            "2026-03-02T10:00:00Z",
            "123456789012",
            "AWSCURRENT",
            "AWSPENDING",
            "bucket-one",
            "bucket-two",
            "key/one",
            "key two",
            "sns.amazonaws.com",
            "AccessSecret",
            "Belfry",
            "ALARM(\"a\")",
            "ALARM(\"a\") AND NOT OK(\"b\")",
            "bytes=0-3",
            "m1 / FILL(m2, 0)",
            "ANOMALY_DETECTION_BAND(m1, 2)",
            "SEARCH('{Belfry,a} Sum', 'Sum', 60)",
            "{ $.eventName = \"GetSecretValue\" }",
            "[a, b=1, ...]",
            "%er+or%",
            "?a ?b -c",
            "$.eventName",
            "arn:aws:iam::123456789012:role/name-1",
            "arn:aws:sns:us-east-1:123456789012:a",
            "arn:aws:sqs:us-east-1:123456789012:name-1",
            "arn:aws:s3:::bucket-one",
            "arn:aws:logs:us-east-1:123456789012:log-group:a:*",
            "arn:aws:kms:us-east-1:123456789012:alias/a");

    private static final List<String> DOCUMENTS = List.of(
            "{}",
            "[]",
            "null",
            "{\"a\":1}",
            "{\"source\":[\"aws.secretsmanager\"]}",
            "{\"a\":[{\"prefix\":\"x\"}]}",
            "{\"detail\":{\"n\":[{\"numeric\":[\">\",1,\"<=\",5]}]}}",
            "{\"a\":[{\"anything-but\":[\"x\"]}],\"$or\":[]}",
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\","
                    + "\"Resource\":\"*\"}]}",
            "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"s3:Get*\",\"Resource\":\"*\","
                    + "\"Condition\":{\"IpAddress\":{\"aws:SourceIp\":\"10.0.0.0/8\"}}}}",
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
                    + "\"cloudtrail.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}",
            "{\"widgets\":[]}",
            "{\"maxReceiveCount\":3,\"deadLetterTargetArn\":" + "\"arn:aws:sqs:us-east-1:123456789012:name-2\"}",
            "{\"healthyRetryPolicy\":{\"numRetries\":3,\"minDelayTarget\":1,\"maxDelayTarget\":2}}",
            "{\"default\":\"x\",\"email\":\"y\"}",
            "{\"password\":\"hunter2\"}");

    private static final List<String> NASTY = List.of(
            "",
            " ",
            "\0",
            "\ud83d\ude00",
            "\u202etxt.exe",
            "a\r\nX-Evil: 1",
            "<b>&amp;</b>",
            "<script>alert(1)</script>",
            "'; DROP TABLE x;--",
            "%s%n%d",
            "../../etc/passwd",
            "\\",
            "\"",
            "a".repeat(300),
            "ab/".repeat(2000),
            "\u00e9".repeat(600),
            "[".repeat(3000),
            "{\"a\":".repeat(500),
            "(".repeat(2000),
            "%(a*)*b%",
            "1e999",
            "NaN",
            "Infinity",
            "-0",
            "0x10",
            "arn:",
            "arn:aws:::::",
            "arn:aws:iam::123456789012:user/",
            "//",
            "https://",
            "@");

    private static final List<Long> NUMBERS = List.of(
            0L,
            1L,
            2L,
            5L,
            10L,
            60L,
            300L,
            1000L,
            86400L,
            -1L,
            2147483647L,
            -2147483648L,
            Long.MAX_VALUE,
            Long.MIN_VALUE);

    private final Map<String, List<String>> named = new HashMap<>();
    private final List<String> all = new ArrayList<>();

    Words() {
        List<String> attributes = List.of(
                "DisplayName",
                "Policy",
                "DeliveryPolicy",
                "KmsMasterKeyId",
                "FifoTopic",
                "ContentBasedDeduplication",
                "SignatureVersion",
                "TracingConfig",
                "FilterPolicy",
                "FilterPolicyScope",
                "RawMessageDelivery",
                "RedrivePolicy",
                "SubscriptionRoleArn",
                "HTTPSuccessFeedbackSampleRate",
                "BelfryDigest");
        named.put(key("AttributesKey"), new ArrayList<>(attributes));
        named.put(key("AttributeName"), new ArrayList<>(attributes));
    }

    /** A text as somebody would send who means well. */
    String fitting(SplittableRandom random, String member) {
        List<String> same = named.getOrDefault(key(member), List.of());
        int dice = random.nextInt(100);
        if (dice < 85 && !same.isEmpty()) {
            return one(random, same);
        }
        String end = key(member);
        if (dice < 60) {
            List<String> arns =
                    all.stream().filter(text -> text.startsWith("arn:")).toList();
            if ((end.endsWith("arn") || end.endsWith("id")) && !arns.isEmpty()) {
                return one(random, arns);
            }
            if (end.endsWith("document") || end.endsWith("policy") || end.endsWith("body") || end.endsWith("message")) {
                return one(random, DOCUMENTS);
            }
        }
        return one(random, PLAIN);
    }

    /** A text as anybody may send it. */
    String any(SplittableRandom random, String member) {
        int dice = random.nextInt(100);
        if (dice < 60) {
            return fitting(random, member);
        }
        if (dice < 75) {
            return one(random, NASTY);
        }
        if (dice < 80 && !all.isEmpty()) {
            return one(random, all);
        }
        List<String> from = switch (random.nextInt(3)) {
            case 0 -> all.isEmpty() ? PLAIN : all;
            case 1 -> DOCUMENTS;
            default -> PLAIN;
        };
        return damaged(random, one(random, from));
    }

    long number(SplittableRandom random) {
        return one(random, NUMBERS);
    }

    double fraction(SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0 -> Double.NaN;
            case 1 -> Double.POSITIVE_INFINITY;
            case 2 -> -1e300;
            case 3 -> 0.1;
            default -> number(random);
        };
    }

    /** About {@code now}, or far off. */
    Instant time(SplittableRandom random, Instant now) {
        return switch (random.nextInt(8)) {
            case 0 -> Instant.EPOCH;
            case 1 -> now.plusSeconds(400L * 86_400 * 365);
            default -> now.plusSeconds(random.nextInt(-100_000, 100_000));
        };
    }

    static <T> T one(SplittableRandom random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** Keeps the texts of an answer, each under its member's name. */
    void remember(SplittableRandom random, SdkPojo answer) {
        for (SdkField<?> field : answer.sdkFields()) {
            remember(random, field.memberName(), field.getValueOrDefault(answer));
        }
    }

    private void remember(SplittableRandom random, String member, Object value) {
        switch (value) {
            case String text -> {
                keep(random, named.computeIfAbsent(key(member), any -> new ArrayList<>()), text);
                keep(random, all, text);
            }
            case SdkPojo inner -> remember(random, inner);
            case List<?> list -> list.stream().limit(3).forEach(item -> remember(random, member, item));
            case Map<?, ?> map -> map.values().forEach(item -> remember(random, member, item));
            case null, default -> {}
        }
    }

    private static void keep(SplittableRandom random, List<String> list, String text) {
        if (list.size() < REMEMBERED_MAX) {
            list.add(text);
        } else {
            list.set(random.nextInt(list.size()), text);
        }
    }

    /** One for {@code TopicArn}, {@code topicARN} and {@code TopicArns}. */
    private static String key(String member) {
        String key = member.toLowerCase(Locale.ROOT);
        return key.endsWith("s") ? key.substring(0, key.length() - 1) : key;
    }

    private static String damaged(SplittableRandom random, String text) {
        StringBuilder damaged = new StringBuilder(text);
        for (int i = random.nextInt(1, 4); i > 0 && !damaged.isEmpty(); i--) {
            int at = random.nextInt(damaged.length());
            char sign = SIGNS.charAt(random.nextInt(SIGNS.length()));
            switch (random.nextInt(4)) {
                case 0 -> damaged.setCharAt(at, sign);
                case 1 -> damaged.insert(at, sign);
                case 2 -> damaged.deleteCharAt(at);
                default -> damaged.setLength(at);
            }
        }
        return damaged.toString();
    }
}
