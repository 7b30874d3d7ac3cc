package belfry.trail;

import belfry.gateway.Call;
import belfry.gateway.Exchange;
import belfry.gateway.OnBehalf;
import belfry.gateway.ServiceCall;
import belfry.gateway.Touched;
import belfry.wire.ServiceException;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints records in AWS's key order (semantics: cloudtrail.md §1.1, §1.2). */
final class RecordWriter {
    private static final String VERSION = "1.11";
    private static final int TEXT_MAX = 1024;

    private final Payloads payloads = new Payloads();

    /** The record of the call itself. */
    AuditRecord ofCall(Exchange exchange, OperationPlan plan, String eventId, Instant now) {
        Call call = exchange.call();
        Instant at = now.truncatedTo(ChronoUnit.SECONDS);
        List<Touched> resources = Resources.of(exchange, plan);
        String text = print(out -> {
            Identity.write(named(out, "userIdentity"), call.principal(), null, at);
            head(out, plan, region(call, plan), at, call.sourceIp(), cut(call.userAgent()));
            error(out, plan, exchange.error());
            raw(out, "requestParameters", payloads.request(exchange, plan));
            raw(out, "responseElements", payloads.response(exchange, plan));
            payloads.additional(out, exchange, plan);
            ids(out, call.requestId(), eventId, plan.readOnly());
            if (Resources.shown(plan.service())) {
                resources(out, call.account(), resources);
            }
            tail(out, plan, call.account());
            tls(out, exchange.transport());
        });
        return record(call, plan, eventId, at, call.requestId(), resources, text);
    }

    /** The record of a call that a service made with the caller's permissions. */
    AuditRecord ofInner(Exchange exchange, OnBehalf inner, OperationPlan plan, String[] ids, Instant now) {
        Call call = exchange.call();
        Instant at = now.truncatedTo(ChronoUnit.SECONDS);
        // What a service does within itself (a batch of reads) is the caller's own doing.
        boolean forwarded = !inner.invokedBy().equals(plan.source());
        String invokedBy = forwarded ? inner.invokedBy() : null;
        String text = print(out -> {
            Identity.write(named(out, "userIdentity"), call.principal(), invokedBy, at);
            head(
                    out,
                    plan,
                    region(call, plan),
                    at,
                    forwarded ? inner.invokedBy() : call.sourceIp(),
                    forwarded ? inner.invokedBy() : cut(call.userAgent()));
            error(out, plan, inner.error());
            raw(out, "requestParameters", payloads.request(inner.requestParameters(), inner.error()));
            out.writeNullField("responseElements");
            ids(out, ids[0], ids[1], plan.readOnly());
            if (Resources.shown(plan.service())) {
                resources(out, call.account(), inner.resources());
            }
            tail(out, plan, call.account());
            if (!forwarded) {
                tls(out, exchange.transport());
            }
        });
        return record(call, plan, ids[1], at, ids[0], inner.resources(), text);
    }

    /** The record of a call that a service made in its own name. */
    AuditRecord ofService(ServiceCall call, OperationPlan plan, String[] ids, Instant now) {
        Instant at = now.truncatedTo(ChronoUnit.SECONDS);
        String text = print(out -> {
            out.writeObjectFieldStart("userIdentity");
            out.writeStringField("type", "AWSService");
            out.writeStringField("invokedBy", call.invokedBy());
            out.writeEndObject();
            head(out, plan, call.region(), at, call.invokedBy(), call.invokedBy());
            error(out, plan, call.error());
            raw(out, "requestParameters", payloads.request(call.requestParameters(), call.error()));
            out.writeNullField("responseElements");
            ids(out, ids[0], ids[1], plan.readOnly());
            resources(out, call.account(), call.resources());
            tail(out, plan, call.account());
        });
        return new AuditRecord(
                call.account(),
                call.region(),
                false,
                ids[1],
                at,
                plan.eventName(),
                plan.source(),
                plan.readOnly(),
                plan.category(),
                Caller.service(call.invokedBy()),
                ids[0],
                call.resources(),
                text);
    }

    private static AuditRecord record(
            Call call,
            OperationPlan plan,
            String eventId,
            Instant at,
            String requestId,
            List<Touched> resources,
            String text) {
        return new AuditRecord(
                call.account(),
                region(call, plan),
                plan.global(),
                eventId,
                at,
                plan.eventName(),
                plan.source(),
                plan.readOnly(),
                plan.category(),
                Caller.of(call.principal()),
                requestId,
                resources,
                text);
    }

    private static String region(Call call, OperationPlan plan) {
        return plan.global() ? "us-east-1" : call.region();
    }

    private static void head(
            JsonGenerator out, OperationPlan plan, String region, Instant at, String sourceIp, String userAgent)
            throws IOException {
        out.writeStringField("eventTime", at.toString());
        out.writeStringField("eventSource", plan.source());
        out.writeStringField("eventName", plan.eventName());
        out.writeStringField("awsRegion", region);
        out.writeStringField("sourceIPAddress", sourceIp);
        out.writeStringField("userAgent", userAgent);
    }

    private static void error(JsonGenerator out, OperationPlan plan, @Nullable ServiceException error)
            throws IOException {
        if (error != null) {
            out.writeStringField("errorCode", Payloads.errorCode(plan, error));
            String message = error.getMessage();
            if (message != null && !message.isEmpty()) {
                out.writeStringField("errorMessage", cut(message));
            }
        }
    }

    private static void ids(JsonGenerator out, String requestId, String eventId, boolean readOnly) throws IOException {
        out.writeStringField("requestID", requestId);
        out.writeStringField("eventID", eventId);
        out.writeBooleanField("readOnly", readOnly);
    }

    static void resources(JsonGenerator out, String account, List<Touched> resources) throws IOException {
        if (resources.isEmpty()) {
            return;
        }
        out.writeArrayFieldStart("resources");
        for (Touched resource : resources) {
            out.writeStartObject();
            // Objects belong to their bucket, which names the account.
            if (!resource.type().equals("AWS::S3::Object")) {
                out.writeStringField("accountId", account);
            }
            out.writeStringField("type", resource.type());
            out.writeStringField("ARN", resource.arn());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void tail(JsonGenerator out, OperationPlan plan, String account) throws IOException {
        out.writeStringField("eventType", "AwsApiCall");
        if (plan.apiVersion() != null) {
            out.writeStringField("apiVersion", plan.apiVersion());
        }
        out.writeBooleanField("managementEvent", plan.category() == Category.MANAGEMENT);
        out.writeStringField("recipientAccountId", account);
        out.writeStringField("eventCategory", plan.category().text());
    }

    private static void tls(JsonGenerator out, Exchange.Transport transport) throws IOException {
        if (transport.tlsVersion() != null && transport.cipherSuite() != null) {
            out.writeObjectFieldStart("tlsDetails");
            out.writeStringField("tlsVersion", transport.tlsVersion());
            out.writeStringField("cipherSuite", transport.cipherSuite());
            out.writeStringField("clientProvidedHostHeader", transport.host());
            out.writeEndObject();
        }
    }

    private static JsonGenerator named(JsonGenerator out, String name) throws IOException {
        out.writeFieldName(name);
        return out;
    }

    private static void raw(JsonGenerator out, String name, @Nullable String text) throws IOException {
        out.writeFieldName(name);
        if (text == null) {
            out.writeNull();
        } else {
            out.writeRawValue(text);
        }
    }

    private static String cut(String text) {
        if (text.length() <= TEXT_MAX) {
            return text;
        }
        boolean pair = Character.isHighSurrogate(text.charAt(TEXT_MAX - 1));
        return text.substring(0, pair ? TEXT_MAX - 1 : TEXT_MAX);
    }

    static String print(JsonText.Printing printing) {
        return JsonText.of(out -> {
            out.writeStartObject();
            out.writeStringField("eventVersion", VERSION);
            printing.to(out);
            out.writeEndObject();
        });
    }
}
