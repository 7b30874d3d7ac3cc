package belfry.events;

import belfry.api.events.PutEventsRequest;
import belfry.api.events.PutEventsRequestEntry;
import belfry.api.events.PutEventsResponse;
import belfry.api.events.PutEventsResultEntry;
import belfry.api.events.TestEventPatternRequest;
import belfry.api.events.TestEventPatternResponse;
import belfry.base.Ids;
import belfry.base.Json;
import belfry.gateway.Call;
import belfry.store.Tx;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** PutEvents and TestEventPattern. */
final class EventOperations {
    private static final long SIZE_MAX = 1_048_576;
    private static final long TIME_SIZE = 14;
    private static final List<String> NEEDED =
            List.of("id", "account", "source", "time", "region", "resources", "detail-type");

    private final Router router;
    private final Ids ids;

    EventOperations(Router router, Ids ids) {
        this.router = router;
        this.ids = ids;
    }

    private record Entry(@Nullable BusEvent event, BusName bus, PutEventsResultEntry answer) {}

    PutEventsResponse put(PutEventsRequest in, Call call) {
        if (in.endpointId() != null) {
            throw Faults.notImplemented("global endpoints (EndpointId)");
        }
        if (in.entries().stream().mapToLong(EventOperations::size).sum() > SIZE_MAX) {
            throw Faults.invalid("Total size of the entries in the request is over the limit.");
        }
        List<Entry> entries =
                in.entries().stream().map(entry -> read(entry, call)).toList();
        long failed = entries.stream().filter(entry -> entry.event() == null).count();
        PutEventsResponse answer = new PutEventsResponse()
                .failedEntryCount((int) failed)
                .entries(entries.stream().map(Entry::answer).toList());
        return call.write(tx -> {
            entries.forEach(entry -> route(tx, entry, call));
            return answer;
        });
    }

    /** An event for a bus that does not exist vanishes, as at AWS. */
    private void route(Tx tx, Entry entry, Call call) {
        BusName name = entry.bus();
        BusEvent event = entry.event();
        Optional<Bus> bus = Bus.find(tx, name.account(), name.region(), name.name());
        if (event != null && bus.isPresent()) {
            Router.open(tx, router.plan(tx, bus.get(), event, false, call.now()), call.now());
        }
    }

    private Entry read(PutEventsRequestEntry entry, Call call) {
        BusName bus = BusName.of(entry.eventBusName(), call);
        Optional<PutEventsResultEntry> fault = fault(entry);
        if (fault.isPresent()) {
            return new Entry(null, bus, fault.get());
        }
        BusEvent event = new BusEvent(
                ids.uuid(),
                entry.detailType(),
                entry.source(),
                call.account(),
                entry.time() == null ? call.now() : entry.time(),
                call.region(),
                entry.resources() == null ? List.of() : entry.resources(),
                Json.parse(entry.detail()),
                false);
        return new Entry(event, bus, new PutEventsResultEntry().eventId(event.id()));
    }

    private static Optional<PutEventsResultEntry> fault(PutEventsRequestEntry entry) {
        for (var given : List.of(
                new Given("Source", entry.source()),
                new Given("DetailType", entry.detailType()),
                new Given("Detail", entry.detail()))) {
            if (given.value() == null || given.value().isEmpty()) {
                return Optional.of(failed(
                        "InvalidArgument",
                        "Parameter %1$s is not valid. Reason: %1$s is a required argument.".formatted(given.name())));
            }
        }
        if (entry.source().startsWith("aws.")) {
            return Optional.of(failed("NotAuthorizedForSourceException", "Not authorized for the source."));
        }
        return isObject(entry.detail())
                ? Optional.empty()
                : Optional.of(failed("MalformedDetail", "Detail is malformed."));
    }

    private record Given(String name, @Nullable String value) {}

    private static boolean isObject(String text) {
        try {
            return Json.parse(text).isObject();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static PutEventsResultEntry failed(String code, String message) {
        return new PutEventsResultEntry().errorCode(code).errorMessage(message);
    }

    private static long size(PutEventsRequestEntry entry) {
        long resources = entry.resources() == null
                ? 0
                : entry.resources().stream().mapToLong(EventOperations::bytes).sum();
        return (entry.time() == null ? 0 : TIME_SIZE)
                + bytes(entry.source())
                + bytes(entry.detailType())
                + bytes(entry.detail())
                + resources;
    }

    private static long bytes(@Nullable String text) {
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }

    TestEventPatternResponse test(TestEventPatternRequest in, Call call) {
        EventPattern.check(in.eventPattern());
        JsonNode event;
        try {
            event = Json.parse(in.event());
        } catch (IllegalArgumentException e) {
            throw Faults.invalid("Parameter Event is not valid.");
        }
        List<String> missing = new ArrayList<>(NEEDED);
        missing.removeIf(event::has);
        if (!event.isObject() || !missing.isEmpty()) {
            throw Faults.invalid("Parameter Event is not valid.");
        }
        return new TestEventPatternResponse().result(EventPattern.matches(in.eventPattern(), event));
    }
}
