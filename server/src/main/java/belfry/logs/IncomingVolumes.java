package belfry.logs;

import belfry.logs.FilterResults.GroupMinute;
import belfry.logs.FilterResults.Volume;
import belfry.store.Tx;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code AWS/Logs}: how many events and bytes came in, for each group and for the account, one sample per batch and minute of
 * arrival (docs/decisions/0603).
 */
final class IncomingVolumes {
    private static final String NAMESPACE = "AWS/Logs";
    private static final String OF_ACCOUNT = "{}";

    private record Place(String account, String region, long minute) {}

    private IncomingVolumes() {}

    /** Says how many rows it wrote. */
    static int write(Tx tx, Map<GroupMinute, Volume> volumes, Instant now) {
        Map<Place, GroupMinute> any = new LinkedHashMap<>();
        Map<Place, Volume> totals = new LinkedHashMap<>();
        volumes.forEach((minute, volume) -> {
            String group = LogMatches.dimensionText(
                    new TreeMap<>(Map.of("LogGroupName", minute.group().name())));
            write(tx, minute, group, volume, now);
            Place place = new Place(minute.group().account(), minute.group().region(), minute.minute());
            any.putIfAbsent(place, minute);
            totals.merge(place, volume, Volume::and);
        });
        any.forEach(
                (place, minute) -> write(tx, minute, OF_ACCOUNT, totals.getOrDefault(place, new Volume(0, 0)), now));
        return 2 * (volumes.size() + totals.size());
    }

    private static void write(Tx tx, GroupMinute minute, String dimensions, Volume volume, Instant now) {
        write(tx, minute, "IncomingLogEvents", dimensions, "None", volume.events(), now);
        write(tx, minute, "IncomingBytes", dimensions, "Bytes", volume.bytes(), now);
    }

    private static void write(
            Tx tx, GroupMinute minute, String metric, String dimensions, String unit, long value, Instant now) {
        LogMatches.Draft draft = new LogMatches.Draft(
                minute.group(), NAMESPACE, metric, dimensions, unit, value, 1, minute.minute(), null, null);
        LogMatches.write(tx, draft, now);
    }
}
