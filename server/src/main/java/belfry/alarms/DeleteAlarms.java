package belfry.alarms;

import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** DeleteAlarms: all of the names or none. */
final class DeleteAlarms {
    private DeleteAlarms() {}

    static void run(Tx tx, List<String> names, Call call) {
        List<Alarm> alarms = new ArrayList<>();
        for (String name : new HashSet<>(names)) {
            alarms.add(AlarmTable.find(tx, call.account(), call.region(), name)
                    .orElseThrow(() -> ServiceException.of("ResourceNotFound", 404, null)));
        }
        long composites = alarms.stream()
                .filter(alarm -> alarm.kind() == AlarmKind.COMPOSITE)
                .count();
        if (composites > 1) {
            throw AlarmChecks.invalid("Only one composite alarm can be deleted per call.");
        }
        for (Alarm alarm : alarms) {
            Set<String> parents = new HashSet<>(DescribeAlarms.parents(tx, alarm.name(), call));
            AlarmTable.suppressedBy(tx, alarm).forEach(composite -> parents.add(composite.name()));
            names.forEach(parents::remove);
            if (!parents.isEmpty()) {
                throw AlarmChecks.invalid(
                        "Cannot delete " + alarm.name() + " as there are composite alarms depending on it.");
            }
        }
        for (Alarm alarm : alarms) {
            AlarmTable.delete(tx, alarm);
            AlarmHistory.configured(tx, alarm, "deleted", HistoryData.deleted(alarm), call.now());
            call.touches("AWS::CloudWatch::Alarm", alarm.arn());
        }
    }
}
