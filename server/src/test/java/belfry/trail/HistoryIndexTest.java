package belfry.trail;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.store.SqliteStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each lookup attribute is answered by its own index, in the order of times, whatever SQLite thinks of the table. */
class HistoryIndexTest {
    @TempDir
    private Path folder;

    private List<String> plan(String key, String value) {
        LookupToken.Query query = new LookupToken.Query(Given.ACCOUNT, "us-east-1", key, value, null, null);
        List<@Nullable Object> parameters = new ArrayList<>(List.of("scope"));
        String sql = EventHistory.sql(query, parameters);
        parameters.addAll(List.of(0, 1, 1, 50));
        try (SqliteStore store = new SqliteStore(folder.resolve("test.db"), bell -> {})) {
            return store.read(tx -> tx.query("EXPLAIN QUERY PLAN " + sql, row -> row.text(4), parameters.toArray()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "EventName, GetSecretValue, trail_event_name (scope=? AND name=? AND at>? AND at<?)",
        "EventSource, kms.amazonaws.com, trail_event_source (scope=? AND source=? AND at>? AND at<?)",
        "Username, ann, trail_event_user (scope=? AND username=? AND at>? AND at<?)",
        "AccessKeyId, AKIA, trail_event_key (scope=? AND access_key=? AND at>? AND at<?)",
        "ReadOnly, false, trail_event_write (scope=? AND at>? AND at<?)",
        "ReadOnly, true, trail_event_at (scope=? AND at>? AND at<?)",
        "ResourceName, arn, trail_event_resource_name (scope=? AND name=? AND at>?",
        "ResourceType, type, trail_event_resource_type (scope=? AND type=? AND at>?",
        "'', '', trail_event_at (scope=? AND at>? AND at<?)",
    })
    void anAttributeHasItsIndexAndTheTimesTheirOrder(String key, String value, String index) {
        assertThat(plan(key, value))
                .anyMatch(step -> step.contains("INDEX " + index))
                .noneMatch(step -> step.contains("ORDER BY"));
    }

    @Test
    void anIdIsLookedUpByItself() {
        assertThat(plan("EventId", "id")).anyMatch(step -> step.endsWith("INDEX trail_event_id (event_id=?)"));
    }
}
