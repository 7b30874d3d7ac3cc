package belfry.alarms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.DashboardInvalidInputErrorException;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.HistoryItemType;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** Over HTTP with the AWS SDK's client. */
class CloudWatchSdkTest {
    private final TestServer server = TestServer.start();
    private final CloudWatchClient cloudWatch = server.client(CloudWatchClient.builder());

    @AfterEach
    void close() {
        server.close();
    }

    private void putAlarm(String name) {
        var unused = cloudWatch.putMetricAlarm(in -> in.alarmName(name)
                .namespace("Shop")
                .metricName("Errors")
                .statistic(Statistic.MAXIMUM)
                .period(60)
                .evaluationPeriods(1)
                .threshold(1.0)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .treatMissingData("notBreaching"));
        server.settle();
    }

    private static Dimension host(int number) {
        return Dimension.builder().name("host").value("host-" + number).build();
    }

    private MetricAlarm alarm(String name) {
        return cloudWatch
                .describeAlarms(in -> in.alarmNames(name))
                .metricAlarms()
                .getFirst();
    }

    @Test
    void anAlarmGoesOffWithItsDataAndComesBack() {
        putAlarm("errors");
        assertThat(alarm("errors").stateValue()).isEqualTo(StateValue.OK);
        var unused = cloudWatch.putMetricData(in -> in.namespace("Shop")
                .metricData(
                        MetricDatum.builder().metricName("Errors").value(1.0).build()));
        server.settle();
        assertThat(alarm("errors").stateValue()).isEqualTo(StateValue.ALARM);
        assertThat(alarm("errors").stateTransitionedTimestamp()).isEqualTo(TestServer.START);
        server.advance(Duration.ofMinutes(10));
        assertThat(alarm("errors").stateValue()).isEqualTo(StateValue.OK);
        assertThat(cloudWatch
                        .describeAlarmHistory(
                                in -> in.alarmName("errors").historyItemType(HistoryItemType.STATE_UPDATE))
                        .alarmHistoryItems())
                .extracting(item -> item.historySummary())
                .containsExactly(
                        "Alarm updated from ALARM to OK",
                        "Alarm updated from OK to ALARM",
                        "Alarm updated from INSUFFICIENT_DATA to OK");
    }

    @Test
    void aLargeBatchIsTakenWhole() {
        List<MetricDatum> data = IntStream.range(0, 1_000)
                .mapToObj(i -> MetricDatum.builder()
                        .metricName("Errors")
                        .dimensions(host(i % 10))
                        .values(1.0, 2.0)
                        .counts(3.0, 4.0)
                        .build())
                .toList();
        var unused = cloudWatch.putMetricData(in -> in.namespace("Shop").metricData(data));
        var found = cloudWatch.getMetricStatistics(in -> in.namespace("Shop")
                .metricName("Errors")
                .dimensions(host(3))
                .startTime(TestServer.START)
                .endTime(TestServer.START.plusSeconds(60))
                .period(60)
                .statistics(Statistic.SUM, Statistic.SAMPLE_COUNT));
        assertThat(found.datapoints()).hasSize(1);
        assertThat(found.datapoints().getFirst().sampleCount()).isEqualTo(700);
        assertThat(found.datapoints().getFirst().sum()).isEqualTo(1100);
        assertThat(cloudWatch.listMetrics().metrics()).hasSize(10);
    }

    @Test
    void errorsCarryCloudWatchsCodes() {
        assertThatThrownBy(() -> cloudWatch.setAlarmState(
                        in -> in.alarmName("none").stateValue(StateValue.OK).stateReason("test")))
                .isInstanceOfSatisfying(CloudWatchException.class, e -> {
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ResourceNotFound");
                    assertThat(e.statusCode()).isEqualTo(404);
                });
        assertThatThrownBy(() -> cloudWatch.putMetricData(in -> in.namespace("AWS/Mine")
                        .metricData(MetricDatum.builder()
                                .metricName("Errors")
                                .value(1.0)
                                .build())))
                .isInstanceOfSatisfying(
                        CloudWatchException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).startsWith("InvalidParameterValue"));
        assertThatThrownBy(() -> cloudWatch.listTagsForResource(
                        in -> in.resourceARN("arn:aws:cloudwatch:us-east-1:123456789012:alarm:none")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void bothKindsOfAlarmsAreDescribedByType() {
        putAlarm("child");
        var unused = cloudWatch.putCompositeAlarm(
                in -> in.alarmName("parent").alarmRule("ALARM(child)").actionsEnabled(false));
        var all = cloudWatch.describeAlarms(in -> in.alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM));
        assertThat(all.metricAlarms()).hasSize(1);
        assertThat(all.compositeAlarms().getFirst().alarmRule()).isEqualTo("ALARM(child)");
        assertThat(cloudWatch.describeAlarms().compositeAlarms()).isEmpty();
        var unusedToo = cloudWatch.deleteAlarms(in -> in.alarmNames("parent"));
        assertThat(cloudWatch
                        .describeAlarms(in -> in.alarmTypes(AlarmType.COMPOSITE_ALARM))
                        .compositeAlarms())
                .isEmpty();
    }

    @Test
    void dashboardsAreKeptByteForByte() {
        String body = "{ \"widgets\": [] }\n";
        var put = cloudWatch.putDashboard(in -> in.dashboardName("security").dashboardBody(body));
        assertThat(put.dashboardValidationMessages()).isEmpty();
        assertThat(cloudWatch.getDashboard(in -> in.dashboardName("security")).dashboardBody())
                .isEqualTo(body);
        assertThat(cloudWatch
                        .listDashboards(in -> in.dashboardNamePrefix("sec"))
                        .dashboardEntries()
                        .getFirst()
                        .size())
                .isEqualTo(body.length());
        assertThatThrownBy(() -> cloudWatch.putDashboard(
                        in -> in.dashboardName("security").dashboardBody("[]")))
                .isInstanceOf(DashboardInvalidInputErrorException.class);
        assertThatThrownBy(() -> cloudWatch.deleteDashboards(in -> in.dashboardNames("security", "none")))
                .isInstanceOf(CloudWatchException.class);
        assertThat(cloudWatch.listDashboards().dashboardEntries()).hasSize(1);
        var unused = cloudWatch.deleteDashboards(in -> in.dashboardNames("security"));
        assertThatThrownBy(() -> cloudWatch.getDashboard(in -> in.dashboardName("security")))
                .isInstanceOfSatisfying(CloudWatchException.class, e -> {
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ResourceNotFound");
                    assertThat(e.statusCode()).isEqualTo(404);
                });
    }
}
