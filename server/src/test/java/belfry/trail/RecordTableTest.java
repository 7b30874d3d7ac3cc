package belfry.trail;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.TestServer;
import belfry.api.Services;
import belfry.base.Json;
import belfry.gateway.Call;
import belfry.gateway.Exchange;
import belfry.store.Store;
import belfry.wire.Operation;
import belfry.wire.ServiceBinding;
import belfry.wire.Struct;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * A table with one row per operation of the services that are built (what is not built is recorded too): how its record is
 * headed, and which members of request and answer it shows; a star marks what is hidden. Each call is given every member
 * there is. The test writes the table it found, so that a change can be looked at, entered and reviewed.
 */
class RecordTableTest {
    private static final String TABLE = "/belfry/trail/record-table.txt";
    private static final String MARKER = "marker5e1f0c77";

    @Test
    void everyOperationsRecordIsAsTheTableSays() throws IOException {
        List<String> found = new ArrayList<>();
        try (TestServer server = TestServer.start()) {
            for (ServiceBinding<Call> binding : server.belfry().services()) {
                for (String operation : new TreeSet<>(binding.service().operations())) {
                    found.add(row(
                            server.belfry().store(),
                            binding.service().model().operation(operation),
                            binding.service().name()));
                }
            }
        }
        found.sort(null);
        Path written = Path.of("target", "record-table.txt");
        Files.createDirectories(written.getParent());
        Files.write(written, found);
        assertThat(found).as("see %s", written).containsExactlyElementsOf(table());
    }

    private static List<String> table() throws IOException {
        try (InputStream in = RecordTableTest.class.getResourceAsStream(TABLE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static String row(Store store, Operation operation, String service) {
        OperationPlan plan = OperationPlan.of(service, operation.name()).orElseThrow();
        String head = service + " " + operation.name() + " | ";
        if (!plan.recorded()) {
            return head + "no record";
        }
        Struct input = operation.input() == null ? null : SampleStructs.full(operation.input(), MARKER);
        Struct output = operation.output() == null ? null : SampleStructs.full(operation.output(), MARKER);
        Exchange exchange = new Given(store).answered(service, operation.name(), input, output);
        AuditRecord record = new RecordWriter().ofCall(exchange, plan, "id", Given.NOW);
        JsonNode json = Json.parse(record.json());
        assertThat(json.get("eventSource").asText()).isEqualTo(record.source());
        assertThat(json.get("readOnly").asBoolean()).isEqualTo(record.readOnly());
        return head + record.source() + " " + record.name() + " " + (record.readOnly() ? "read" : "write") + " "
                + json.get("eventCategory").asText() + " | " + members(json.get("requestParameters")) + " | "
                + members(json.get("responseElements")) + " | " + types(json.get("resources"));
    }

    /** The names, with a star where the value is hidden. */
    private static String members(JsonNode object) {
        if (object == null || object.isNull()) {
            return "-";
        }
        List<String> names = new ArrayList<>();
        object.properties()
                .forEach(entry ->
                        names.add(entry.getKey() + (entry.getValue().asText().equals(Redaction.HIDDEN) ? "*" : "")));
        return String.join(",", names);
    }

    private static String types(JsonNode resources) {
        if (resources == null) {
            return "-";
        }
        List<String> types = new ArrayList<>();
        resources.forEach(resource -> types.add(resource.get("type").asText()));
        return String.join(",", types);
    }

    /** What the service descriptions mark as sensitive, and every blob, stays out of every record of every service. */
    @Test
    void nothingSensitiveIsInAnyRecord() {
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(MARKER.getBytes(StandardCharsets.UTF_8));
        try (TestServer server = TestServer.start()) {
            for (var service : Services.ALL) {
                for (String name : service.operations()) {
                    Operation operation = service.model().operation(name);
                    OperationPlan plan = OperationPlan.of(service.name(), name).orElseThrow();
                    Exchange exchange = new Given(server.belfry().store())
                            .answered(
                                    service.name(),
                                    name,
                                    SensitiveOnly.of(operation.input(), MARKER),
                                    SensitiveOnly.of(operation.output(), MARKER));
                    AuditRecord record = new RecordWriter().ofCall(exchange, plan, "id", Given.NOW);
                    assertThat(record.json())
                            .as(service.name() + ":" + name)
                            .doesNotContain(MARKER)
                            .doesNotContain(encoded);
                }
            }
        }
    }
}
