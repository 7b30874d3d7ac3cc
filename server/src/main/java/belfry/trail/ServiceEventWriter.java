package belfry.trail;

import belfry.base.Json;
import belfry.gateway.ServiceEvent;
import belfry.gateway.Touched;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Prints the records of what services did by themselves (semantics: cloudtrail.md §1.3). */
final class ServiceEventWriter {
    private ServiceEventWriter() {}

    static AuditRecord record(ServiceEvent event, String eventId, Instant now) {
        Instant at = now.truncatedTo(ChronoUnit.SECONDS);
        String source = Operations.source(event.service());
        List<Touched> resources =
                Stream.concat(event.shown().stream(), event.touched().stream()).toList();
        String text = RecordWriter.print(out -> {
            identity(out, event);
            out.writeStringField("eventTime", at.toString());
            out.writeStringField("eventSource", source);
            out.writeStringField("eventName", event.name());
            out.writeStringField("awsRegion", event.region());
            out.writeStringField("sourceIPAddress", event.invokedBy());
            out.writeStringField("userAgent", event.invokedBy());
            out.writeNullField("requestParameters");
            out.writeNullField("responseElements");
            object(out, "additionalEventData", event.additional());
            if (event.requestId() != null) {
                out.writeStringField("requestID", event.requestId());
            }
            out.writeStringField("eventID", eventId);
            out.writeBooleanField("readOnly", false);
            RecordWriter.resources(out, event.account(), event.shown());
            out.writeStringField("eventType", "AwsServiceEvent");
            out.writeBooleanField("managementEvent", true);
            out.writeStringField("recipientAccountId", event.account());
            object(out, "serviceEventDetails", event.details());
            out.writeStringField("eventCategory", Category.MANAGEMENT.text());
        });
        return new AuditRecord(
                event.account(),
                event.region(),
                false,
                eventId,
                at,
                event.name(),
                source,
                false,
                Category.MANAGEMENT,
                Caller.service(event.invokedBy()),
                event.requestId() == null ? eventId : event.requestId(),
                resources,
                text);
    }

    /** A service event has no type of identity. */
    private static void identity(JsonGenerator out, ServiceEvent event) throws IOException {
        out.writeObjectFieldStart("userIdentity");
        out.writeStringField("accountId", event.account());
        out.writeStringField("invokedBy", event.invokedBy());
        out.writeEndObject();
    }

    private static void object(JsonGenerator out, String name, @Nullable ObjectNode value) throws IOException {
        if (value != null) {
            out.writeFieldName(name);
            out.writeRawValue(Json.write(value));
        }
    }
}
