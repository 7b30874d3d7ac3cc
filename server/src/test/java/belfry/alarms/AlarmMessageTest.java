package belfry.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.engine.alarm.AlarmState;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The message to the letter (alarms.md §8 and §9). */
class AlarmMessageTest {
    private static final Instant AT = Instant.parse("2025-06-15T12:07:17.472Z");
    private static final String REASON =
            "Threshold Crossed: 1 datapoint [3.0 (15/06/25 12:05:00)] was greater than or equal to the threshold (3.0).";
    private static final String CONFIGURATION = """
            {"AlarmDescription":"text","OKActions":[],"AlarmActions":["arn:aws:sns:us-east-1:776520358045:MySNSTopic"],\
            "InsufficientDataActions":[],"MetricName":"ConsoleLoginFailureCount","Namespace":"CloudTrailMetrics",\
            "Statistic":"Sum","Dimensions":[{"Name":"TargetGroup","Value":"tg/x"},{"Name":"LoadBalancer","Value":"app/y"}],\
            "Period":300,"EvaluationPeriods":1,"Threshold":3.0,"ComparisonOperator":"GreaterThanOrEqualToThreshold"}""";

    private static Alarm alarm(String name, String region) {
        return new Alarm(
                1,
                "776520358045",
                region,
                name,
                AlarmKind.METRIC,
                CONFIGURATION,
                Instant.parse("2025-02-02T11:48:52.788Z"),
                true,
                AlarmState.INSUFFICIENT_DATA,
                "Unchecked: Initial alarm creation",
                null,
                AT,
                AT,
                Hold.NONE,
                null);
    }

    private static AlarmMessage message(String name, String region) {
        StateChange change = new StateChange(AlarmState.INSUFFICIENT_DATA, AlarmState.ALARM, REASON, null, AT);
        return AlarmMessage.of(alarm(name, region), change, false, AlarmLinks.AWS);
    }

    @Test
    void theMailIsAwsMail() {
        assertThat(message("ConsoleLogin Failures", "us-east-1").email()).isEqualTo("""
                You are receiving this email because your Amazon CloudWatch Alarm "ConsoleLogin Failures" in the US East (N. Virginia) region has entered the ALARM state, because "Threshold Crossed: 1 datapoint [3.0 (15/06/25 12:05:00)] was greater than or equal to the threshold (3.0)." at "Sunday 15 June, 2025 12:07:17 UTC".

                View this alarm in the AWS Management Console:
                https://us-east-1.console.aws.amazon.com/cloudwatch/deeplink.js?region=us-east-1#alarmsV2:alarm/ConsoleLogin%20Failures

                Alarm Details:
                - Name:                       ConsoleLogin Failures
                - Description:                text
                - State Change:               INSUFFICIENT_DATA -> ALARM
                - Reason for State Change:    Threshold Crossed: 1 datapoint [3.0 (15/06/25 12:05:00)] was greater than or equal to the threshold (3.0).
                - Timestamp:                  Sunday 15 June, 2025 12:07:17 UTC
                - AWS Account:                776520358045
                - Alarm Arn:                  arn:aws:cloudwatch:us-east-1:776520358045:alarm:ConsoleLogin Failures

                Threshold:
                - The alarm is in the ALARM state when the metric is GreaterThanOrEqualToThreshold 3.0 for at least 1 of the last 1 period(s) of 300 seconds.

                Monitored Metric:
                - MetricNamespace:                     CloudTrailMetrics
                - MetricName:                          ConsoleLoginFailureCount
                - Dimensions:                          [TargetGroup = tg/x] [LoadBalancer = app/y]
                - Period:                              300 seconds
                - Statistic:                           Sum
                - Unit:                                not specified
                - TreatMissingData:                    missing


                State Change Actions:
                - OK:
                - ALARM: [arn:aws:sns:us-east-1:776520358045:MySNSTopic]
                - INSUFFICIENT_DATA:
                """);
    }

    @Test
    void theJsonHasAwsMembersInAwsOrder() {
        assertThat(message("ErrorAlarm", "ap-northeast-1").json())
                .isEqualTo(
                        "{\"AlarmName\":\"ErrorAlarm\",\"AlarmDescription\":\"text\",\"AWSAccountId\":\"776520358045\","
                                + "\"AlarmConfigurationUpdatedTimestamp\":\"2025-02-02T11:48:52.788+0000\","
                                + "\"NewStateValue\":\"ALARM\",\"NewStateReason\":\"" + REASON + "\","
                                + "\"StateChangeTime\":\"2025-06-15T12:07:17.472+0000\",\"Region\":\"Asia Pacific (Tokyo)\","
                                + "\"AlarmArn\":\"arn:aws:cloudwatch:ap-northeast-1:776520358045:alarm:ErrorAlarm\","
                                + "\"OldStateValue\":\"INSUFFICIENT_DATA\",\"OKActions\":[],"
                                + "\"AlarmActions\":[\"arn:aws:sns:us-east-1:776520358045:MySNSTopic\"],"
                                + "\"InsufficientDataActions\":[],\"Trigger\":{\"MetricName\":\"ConsoleLoginFailureCount\","
                                + "\"Namespace\":\"CloudTrailMetrics\",\"StatisticType\":\"Statistic\",\"Statistic\":\"SUM\","
                                + "\"Unit\":null,\"Dimensions\":[{\"value\":\"tg/x\",\"name\":\"TargetGroup\"},"
                                + "{\"value\":\"app/y\",\"name\":\"LoadBalancer\"}],\"Period\":300,\"EvaluationPeriods\":1,"
                                + "\"ComparisonOperator\":\"GreaterThanOrEqualToThreshold\",\"Threshold\":3.0,"
                                + "\"TreatMissingData\":\"missing\",\"EvaluateLowSampleCountPercentile\":\"\"},"
                                + "\"ActionExecutedAfterMuteWindow\":false}");
    }

    @Test
    void theSubjectNamesStateAlarmAndRegion() {
        assertThat(message("ErrorAlarm", "us-east-2").subject()).isEqualTo("ALARM: \"ErrorAlarm\" in US East (Ohio)");
    }

    @Test
    void aLongNameIsCutSoThatTheSubjectKeepsSnsLimit() {
        String name = "SharedInfra-Alpha-Database-DatabaseInstanceObservabilityHighDatabaseConnectionsAlarm";
        String subject = message(name, "eu-south-1").subject();
        assertThat(subject)
                .isEqualTo("ALARM: \"SharedInfra-Alpha-Database-DatabaseInstanceObservabilityHighDatabaseConnec...\""
                        + " in EU (Milan)")
                .hasSize(100);
    }
}
