package belfry.alarms;

import static belfry.alarms.AlarmChecks.invalid;

import belfry.api.cloudwatch.PutCompositeAlarmInput;
import belfry.api.cloudwatch.PutMetricAlarmInput;
import belfry.base.Arn;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which actions an alarm may have in which state (alarms.md §1, Action ARNs). */
final class ActionChecks {
    private static final Set<String> SERVICES =
            Set.of("sns", "lambda", "automate", "swf", "autoscaling", "ssm", "ssm-incidents", "aiops");
    private static final Set<String> EC2 = Set.of("automate", "swf");
    private static final Set<String> OF_COMPOSITES = Set.of("sns", "lambda", "ssm", "ssm-incidents", "aiops");
    private static final Set<String> OF_COMPOSITES_OUT_OF_ALARM = Set.of("sns", "lambda");

    private ActionChecks() {}

    static void metric(PutMetricAlarmInput in, String region) {
        for (String action : list(in.alarmActions())) {
            metricAction(in, action, parse(action, region));
        }
        for (List<String> actions : List.of(list(in.okActions()), list(in.insufficientDataActions()))) {
            for (String action : actions) {
                Arn arn = parse(action, region);
                metricAction(in, action, arn);
                if (arn.service().equals("aiops")) {
                    throw invalid("The action " + action + " can only be an alarm action.");
                }
            }
        }
    }

    static void composite(PutCompositeAlarmInput in, String region) {
        compositeActions(list(in.alarmActions()), OF_COMPOSITES, region);
        compositeActions(list(in.okActions()), OF_COMPOSITES_OUT_OF_ALARM, region);
        compositeActions(list(in.insufficientDataActions()), OF_COMPOSITES_OUT_OF_ALARM, region);
    }

    private static void compositeActions(List<String> actions, Set<String> allowed, String region) {
        for (String action : actions) {
            if (!allowed.contains(parse(action, region).service())) {
                throw invalid("The action " + action + " is not supported in this state of a composite alarm.");
            }
        }
    }

    private static void metricAction(PutMetricAlarmInput in, String action, Arn arn) {
        boolean math = in.metrics() != null && in.metrics().stream().anyMatch(query -> query.expression() != null);
        if (EC2.contains(arn.service()) && math) {
            throw invalid("The EC2 action " + action + " is not supported on alarms on metric math.");
        }
        // AWS's words.
        if (EC2.contains(arn.service())
                && arn.resource().toLowerCase(Locale.ROOT).contains("recover")
                && !("AWS/EC2".equals(in.namespace()) && "StatusCheckFailed_System".equals(in.metricName()))) {
            throw invalid("The EC2 'Recover' action can only be defined on the 'StatusCheckFailed_System' metric and"
                    + " 'AWS/EC2' namespace.");
        }
        if (arn.service().equals("autoscaling") && in.thresholdMetricId() != null) {
            throw invalid("The Auto Scaling action " + action + " is not supported on anomaly detection alarms.");
        }
    }

    private static Arn parse(String action, String region) {
        Arn arn = Arn.parse(action)
                .filter(parsed -> SERVICES.contains(parsed.service()))
                .orElseThrow(() -> invalid("Invalid arn syntax: " + action));
        if (!arn.region().isEmpty() && !arn.region().equals(region)) {
            throw invalid("Invalid region " + arn.region() + " specified. Only " + region + " is supported.");
        }
        return arn;
    }

    private static List<String> list(@Nullable List<String> actions) {
        return actions == null ? List.of() : actions;
    }
}
