package belfry.topics;

import belfry.alarms.Evidence;
import belfry.alarms.News;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Alerts as they come, for tests of what mails say. */
final class Samples {
    static final Instant AT = Instant.parse("2026-03-02T10:04:09Z");

    static final String AWS_TEXT = """
        You are receiving this email because your Amazon CloudWatch Alarm "SecretRead" in the US East (N. Virginia) region has entered the ALARM state, because "Threshold Crossed: 1 datapoint [12.0 (02/03/26 10:00:00)] was greater than or equal to the threshold (1.0)." at "Monday 02 March, 2026 10:04:09 UTC".

        View this alarm in the AWS Management Console:
        https://us-east-1.console.aws.amazon.com/cloudwatch/deeplink.js?region=us-east-1#alarmsV2:alarm/SecretRead

        Alarm Details:
        - Name:                       SecretRead
        - Description:                Somebody reads a secret
        - State Change:               INSUFFICIENT_DATA -> ALARM
        - Reason for State Change:    Threshold Crossed: 1 datapoint [12.0 (02/03/26 10:00:00)] was greater than or equal to the threshold (1.0).
        - Timestamp:                  Monday 02 March, 2026 10:04:09 UTC
        - AWS Account:                123456789012
        - Alarm Arn:                  arn:aws:cloudwatch:us-east-1:123456789012:alarm:SecretRead

        Threshold:
        - The alarm is in the ALARM state when the metric is GreaterThanOrEqualToThreshold 1.0 for at least 1 of the last 1 period(s) of 300 seconds.

        Monitored Metric:
        - MetricNamespace:                     Security
        - MetricName:                          SecretReads
        - Dimensions:
        - Period:                              300 seconds
        - Statistic:                           Sum
        - Unit:                                not specified
        - TreatMissingData:                    missing


        State Change Actions:
        - OK:
        - ALARM: [arn:aws:sns:us-east-1:123456789012:alerts]
        - INSUFFICIENT_DATA:
        """;

    private Samples() {}

    static String record(String user, String eventId, String agent) {
        return """
            {"eventVersion":"1.11","userIdentity":{"type":"IAMUser","principalId":"AIDAEXAMPLE","arn":"arn:aws:iam::123456789012:user/%s","accountId":"123456789012","accessKeyId":"AKIAIOSFODNN7EXAMPLE","userName":"%s"},"eventTime":"2026-03-02T10:04:08Z","eventSource":"secretsmanager.amazonaws.com","eventName":"GetSecretValue","awsRegion":"us-east-1","sourceIPAddress":"203.0.113.9","userAgent":"%s","requestParameters":{"secretId":"arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/db-Ab12Cd"},"responseElements":null,"requestID":"r","eventID":"%s","readOnly":true,"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"123456789012","eventCategory":"Management"}\
            """.formatted(user, user, agent, eventId);
    }

    static Evidence.Event event(String message, News... news) {
        return new Evidence.Event(
                AT.minusSeconds(1), "trail-logs", "123456789012_CloudTrail_us-east-1", "reads", message, Set.of(news));
    }

    /** Twelve reads, of which ten are shown. */
    static Alert manyReads() {
        List<Evidence.Event> events = IntStream.range(0, 10)
                .mapToObj(i -> event(record(
                        i % 3 == 0 ? "alice" : "backup-job",
                        "e0b9f3c5-59b8-4c3b-9e0e-00000000000" + i,
                        "aws-cli/2.15.30 md/prompt#off Python/3.11.8 Linux/6.1 exe/x86_64"
                                + " command/secretsmanager.get-secret-value")))
                .toList();
        return alert("ALARM", events, 2);
    }

    /** Two hundred reads of three secrets within forty seconds, by somebody never seen before. */
    static Alert burst() {
        List<Evidence.Event> events = IntStream.range(0, 200)
                .mapToObj(i -> {
                    String record = record("mallory", "e0b9f3c5-" + i, "python-requests/2.31")
                            .replace("secret:prod/db-", "secret:prod/" + "abc".charAt(i % 3) + "-")
                            .replace("T10:04:08Z", "T10:03:%02dZ".formatted(59 - i / 5))
                            .replace("203.0.113.9", i == 199 ? "203.0.113.9" : "198.51.100.7");
                    String told = i == 5
                            ? record.replace("\"readOnly\"", "\"errorCode\":\"AccessDenied\",\"readOnly\"")
                            : record;
                    return i == 199 ? event(told, News.PRINCIPAL, News.ADDRESS) : event(told);
                })
                .toList();
        return alert("ALARM", events, 0);
    }

    static Alert alert(String state, List<Evidence.Event> events, long more) {
        return new Alert(
                "SecretRead",
                "arn:aws:cloudwatch:us-east-1:123456789012:alarm:SecretRead",
                "us-east-1",
                state,
                "Threshold Crossed",
                AT,
                AWS_TEXT,
                Duration.ofMinutes(5),
                Evidence.of(events, events.size() + more));
    }

    static AlertDocument document(Alert alert) {
        return new AlertDocument(alert, "http://127.0.0.1:4566", "http://127.0.0.1:4566/_belfry/alert?id=abc");
    }
}
