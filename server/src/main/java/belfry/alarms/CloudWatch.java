package belfry.alarms;

import belfry.api.Services;
import belfry.api.cloudwatch.CloudWatchApi;
import belfry.api.cloudwatch.DeleteAlarmMuteRuleInput;
import belfry.api.cloudwatch.DeleteAlarmsInput;
import belfry.api.cloudwatch.DeleteAnomalyDetectorInput;
import belfry.api.cloudwatch.DeleteAnomalyDetectorOutput;
import belfry.api.cloudwatch.DeleteDashboardsInput;
import belfry.api.cloudwatch.DeleteDashboardsOutput;
import belfry.api.cloudwatch.DescribeAlarmHistoryInput;
import belfry.api.cloudwatch.DescribeAlarmHistoryOutput;
import belfry.api.cloudwatch.DescribeAlarmsForMetricInput;
import belfry.api.cloudwatch.DescribeAlarmsForMetricOutput;
import belfry.api.cloudwatch.DescribeAlarmsInput;
import belfry.api.cloudwatch.DescribeAlarmsOutput;
import belfry.api.cloudwatch.DescribeAnomalyDetectorsInput;
import belfry.api.cloudwatch.DescribeAnomalyDetectorsOutput;
import belfry.api.cloudwatch.DisableAlarmActionsInput;
import belfry.api.cloudwatch.EnableAlarmActionsInput;
import belfry.api.cloudwatch.GetAlarmMuteRuleInput;
import belfry.api.cloudwatch.GetAlarmMuteRuleOutput;
import belfry.api.cloudwatch.GetDashboardInput;
import belfry.api.cloudwatch.GetDashboardOutput;
import belfry.api.cloudwatch.GetMetricDataInput;
import belfry.api.cloudwatch.GetMetricDataOutput;
import belfry.api.cloudwatch.GetMetricStatisticsInput;
import belfry.api.cloudwatch.GetMetricStatisticsOutput;
import belfry.api.cloudwatch.ListAlarmMuteRulesInput;
import belfry.api.cloudwatch.ListAlarmMuteRulesOutput;
import belfry.api.cloudwatch.ListDashboardsInput;
import belfry.api.cloudwatch.ListDashboardsOutput;
import belfry.api.cloudwatch.ListMetricsInput;
import belfry.api.cloudwatch.ListMetricsOutput;
import belfry.api.cloudwatch.ListTagsForResourceInput;
import belfry.api.cloudwatch.ListTagsForResourceOutput;
import belfry.api.cloudwatch.PutAlarmMuteRuleInput;
import belfry.api.cloudwatch.PutAnomalyDetectorInput;
import belfry.api.cloudwatch.PutAnomalyDetectorOutput;
import belfry.api.cloudwatch.PutCompositeAlarmInput;
import belfry.api.cloudwatch.PutDashboardInput;
import belfry.api.cloudwatch.PutDashboardOutput;
import belfry.api.cloudwatch.PutMetricAlarmInput;
import belfry.api.cloudwatch.PutMetricDataInput;
import belfry.api.cloudwatch.SetAlarmStateInput;
import belfry.api.cloudwatch.TagResourceInput;
import belfry.api.cloudwatch.TagResourceOutput;
import belfry.api.cloudwatch.UntagResourceInput;
import belfry.api.cloudwatch.UntagResourceOutput;
import belfry.base.Structs;
import belfry.gateway.Call;
import belfry.metrics.AnomalyDetectors;
import belfry.metrics.Metrics;
import belfry.wire.NoOutput;
import java.util.List;

/** CloudWatch's API: metrics and alarms (semantics: alarms.md). The three protocols come to the same methods. */
public final class CloudWatch implements CloudWatchApi<Call> {
    static final Structs STRUCTS = new Structs(Services.CLOUDWATCH.model());

    private final AlarmTree tree;

    /** @param links where alarm mails send their readers */
    public CloudWatch(AlarmLinks links) {
        this.tree = new AlarmTree(new AlarmStates(links));
    }

    @Override
    public NoOutput putMetricData(PutMetricDataInput in, Call call) {
        return Metrics.put(in, call);
    }

    @Override
    public GetMetricStatisticsOutput getMetricStatistics(GetMetricStatisticsInput in, Call call) {
        return Metrics.statistics(in, call);
    }

    @Override
    public GetMetricDataOutput getMetricData(GetMetricDataInput in, Call call) {
        return Metrics.data(in, call);
    }

    @Override
    public ListMetricsOutput listMetrics(ListMetricsInput in, Call call) {
        return Metrics.list(in, call);
    }

    @Override
    public NoOutput putMetricAlarm(PutMetricAlarmInput in, Call call) {
        return PutAlarms.metric(in, call);
    }

    @Override
    public NoOutput putCompositeAlarm(PutCompositeAlarmInput in, Call call) {
        return PutAlarms.composite(in, call);
    }

    @Override
    public DescribeAlarmsOutput describeAlarms(DescribeAlarmsInput in, Call call) {
        return call.read(tx -> DescribeAlarms.answer(tx, in, call));
    }

    @Override
    public DescribeAlarmsForMetricOutput describeAlarmsForMetric(DescribeAlarmsForMetricInput in, Call call) {
        return call.read(tx -> DescribeAlarms.forMetric(tx, in, call));
    }

    @Override
    public DescribeAlarmHistoryOutput describeAlarmHistory(DescribeAlarmHistoryInput in, Call call) {
        return call.read(tx -> HistoryListing.answer(tx, in, call));
    }

    @Override
    public NoOutput setAlarmState(SetAlarmStateInput in, Call call) {
        return call.write(tx -> {
            SetState.run(tx, in, call, tree);
            return NoOutput.INSTANCE;
        });
    }

    @Override
    public NoOutput enableAlarmActions(EnableAlarmActionsInput in, Call call) {
        return setActionsEnabled(in.alarmNames(), true, call);
    }

    @Override
    public NoOutput disableAlarmActions(DisableAlarmActionsInput in, Call call) {
        return setActionsEnabled(in.alarmNames(), false, call);
    }

    @Override
    public NoOutput deleteAlarms(DeleteAlarmsInput in, Call call) {
        return call.write(tx -> {
            DeleteAlarms.run(tx, in.alarmNames(), call);
            return NoOutput.INSTANCE;
        });
    }

    @Override
    public NoOutput putAlarmMuteRule(PutAlarmMuteRuleInput in, Call call) {
        return MuteRules.put(in, call);
    }

    @Override
    public GetAlarmMuteRuleOutput getAlarmMuteRule(GetAlarmMuteRuleInput in, Call call) {
        return call.read(tx -> MuteRules.get(tx, in, call));
    }

    @Override
    public ListAlarmMuteRulesOutput listAlarmMuteRules(ListAlarmMuteRulesInput in, Call call) {
        return call.read(tx -> MuteRules.list(tx, in, call));
    }

    @Override
    public NoOutput deleteAlarmMuteRule(DeleteAlarmMuteRuleInput in, Call call) {
        return call.write(tx -> MuteRules.delete(tx, in, call));
    }

    @Override
    public PutAnomalyDetectorOutput putAnomalyDetector(PutAnomalyDetectorInput in, Call call) {
        return AnomalyDetectors.put(in, call);
    }

    @Override
    public DescribeAnomalyDetectorsOutput describeAnomalyDetectors(DescribeAnomalyDetectorsInput in, Call call) {
        return AnomalyDetectors.describe(in, call);
    }

    @Override
    public DeleteAnomalyDetectorOutput deleteAnomalyDetector(DeleteAnomalyDetectorInput in, Call call) {
        return AnomalyDetectors.delete(in, call);
    }

    @Override
    public TagResourceOutput tagResource(TagResourceInput in, Call call) {
        AlarmTags.check(in.tags());
        return call.write(tx -> {
            AlarmTags.put(tx, AlarmTags.named(tx, in.resourceARN(), call), in.tags());
            return new TagResourceOutput();
        });
    }

    @Override
    public UntagResourceOutput untagResource(UntagResourceInput in, Call call) {
        return call.write(tx -> {
            AlarmTags.remove(tx, AlarmTags.named(tx, in.resourceARN(), call), in.tagKeys());
            return new UntagResourceOutput();
        });
    }

    @Override
    public ListTagsForResourceOutput listTagsForResource(ListTagsForResourceInput in, Call call) {
        return call.read(tx -> AlarmTags.list(tx, AlarmTags.named(tx, in.resourceARN(), call)));
    }

    @Override
    public PutDashboardOutput putDashboard(PutDashboardInput in, Call call) {
        return Dashboards.put(in, call);
    }

    @Override
    public GetDashboardOutput getDashboard(GetDashboardInput in, Call call) {
        return call.read(tx -> Dashboards.get(tx, in, call));
    }

    @Override
    public ListDashboardsOutput listDashboards(ListDashboardsInput in, Call call) {
        return call.read(tx -> Dashboards.list(tx, in, call));
    }

    @Override
    public DeleteDashboardsOutput deleteDashboards(DeleteDashboardsInput in, Call call) {
        return call.write(tx -> Dashboards.delete(tx, in, call));
    }

    /** Names that no alarm has are passed over, as AWS does. */
    private static NoOutput setActionsEnabled(List<String> names, boolean enabled, Call call) {
        return call.write(tx -> {
            for (String name : names) {
                AlarmTable.find(tx, call.account(), call.region(), name)
                        .filter(alarm -> alarm.actionsEnabled() != enabled)
                        .ifPresent(alarm -> SetState.actionsEnabled(tx, alarm, enabled, call.now()));
            }
            return NoOutput.INSTANCE;
        });
    }
}
