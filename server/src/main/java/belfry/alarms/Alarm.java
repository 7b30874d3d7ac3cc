package belfry.alarms;

import belfry.api.cloudwatch.CompositeAlarm;
import belfry.api.cloudwatch.MetricAlarm;
import belfry.base.Arn;
import belfry.engine.alarm.AlarmState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alarm as it lies in its row.
 *
 * @param configuration what Put…Alarm was given, in JSON
 * @param configured when it was last put
 * @param reasonData JSON; null where there is none
 * @param stateUpdated when the state was last set, to another or to the same
 * @param transitioned when the state last changed
 * @param hold what holds its actions back
 * @param due when it must be looked at even if no data come; null while only data can change it
 */
record Alarm(
        long id,
        String account,
        String region,
        String name,
        AlarmKind kind,
        String configuration,
        Instant configured,
        boolean actionsEnabled,
        AlarmState state,
        String reason,
        @Nullable String reasonData,
        Instant stateUpdated,
        Instant transitioned,
        Hold hold,
        @Nullable Instant due) {

    String arn() {
        return arn(account, region, name);
    }

    static String arn(String account, String region, String name) {
        return Arn.of("cloudwatch", region, account, "alarm:" + name).toString();
    }

    /** As DescribeAlarms shows a metric alarm. */
    MetricAlarm metricAlarm() {
        return CloudWatch.STRUCTS
                .read(MetricAlarm.class, configuration)
                .alarmName(name)
                .alarmArn(arn())
                .alarmConfigurationUpdatedTimestamp(configured)
                .actionsEnabled(actionsEnabled)
                .stateValue(state.name())
                .stateReason(reason)
                .stateReasonData(reasonData)
                .stateUpdatedTimestamp(stateUpdated)
                .stateTransitionedTimestamp(transitioned);
    }

    /** As DescribeAlarms shows a composite alarm. */
    CompositeAlarm compositeAlarm() {
        return CloudWatch.STRUCTS
                .read(CompositeAlarm.class, configuration)
                .alarmName(name)
                .alarmArn(arn())
                .alarmConfigurationUpdatedTimestamp(configured)
                .actionsEnabled(actionsEnabled)
                .stateValue(state.name())
                .stateReason(reason)
                .stateReasonData(reasonData)
                .stateUpdatedTimestamp(stateUpdated)
                .stateTransitionedTimestamp(transitioned)
                .actionsSuppressedBy(hold.by().map(SuppressedBy::awsName).orElse(null))
                .actionsSuppressedReason(hold.by().map(SuppressedBy::reason).orElse(null));
    }
}
