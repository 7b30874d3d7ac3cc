package belfry.trail;

import belfry.api.Services;
import belfry.base.Json;
import belfry.gateway.Exchange;
import belfry.gateway.Touched;
import belfry.wire.NoOutput;
import belfry.wire.ServiceDescriptor;
import belfry.wire.ServiceException;
import belfry.wire.Shape;
import belfry.wire.Struct;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a record shows of request and answer (semantics: cloudtrail.md §1.2, §1.5). */
final class Payloads {
    /** Longer request parameters and response elements are left out. */
    static final int BYTES_MAX = 100 * 1024;

    private static final Set<String> DENIALS = Set.of("AccessDenied", "AccessDeniedException", "AuthorizationError");

    private final Map<String, StructWriter> writers = new HashMap<>();

    Payloads() {
        for (ServiceDescriptor service : Services.ALL) {
            writers.put(service.name(), new StructWriter(service.name()));
        }
    }

    private StructWriter writer(OperationPlan plan) {
        return Objects.requireNonNull(writers.get(plan.service()));
    }

    /** JSON, or null where nothing is shown. */
    @Nullable
    String request(Exchange exchange, OperationPlan plan) {
        Struct input = exchange.input();
        if (plan.service().equals("s3")) {
            return limited(
                    "requestParameters",
                    JsonText.of(out -> new S3Parameters(writer(plan))
                            .write(out, plan, input, exchange.transport().host())));
        }
        Shape shape = plan.input();
        if (input == null
                || shape == null
                || denied(exchange.error())
                || writer(plan).empty(shape, input)) {
            return null;
        }
        return limited("requestParameters", JsonText.of(out -> writer(plan).write(out, shape, input)));
    }

    /** What is shown of a call that a service made for the caller. */
    @Nullable
    String request(ObjectNode parameters, @Nullable ServiceException error) {
        return denied(error) ? null : limited("requestParameters", Json.write(parameters));
    }

    /** JSON, or null where nothing is shown. */
    @Nullable
    String response(Exchange exchange, OperationPlan plan) {
        Struct output = exchange.output();
        Shape shape = plan.output();
        if (output == null || !plan.showsAnswer() || plan.service().equals("s3")) {
            return null;
        }
        if (shape == null || output instanceof NoOutput) {
            return bare(exchange, plan);
        }
        if (writer(plan).empty(shape, output)) {
            return null;
        }
        return limited("responseElements", JsonText.of(out -> writer(plan).write(out, shape, output, plan.answer())));
    }

    /** KMS names the key where it answers nothing. */
    private @Nullable String bare(Exchange exchange, OperationPlan plan) {
        Optional<Touched> key = exchange.touched().stream()
                .filter(touched -> touched.type().equals("AWS::KMS::Key"))
                .findFirst();
        if (!plan.service().equals("kms") || key.isEmpty()) {
            return null;
        }
        return JsonText.of(out -> {
            out.writeStartObject();
            out.writeStringField("keyId", key.get().arn());
            out.writeEndObject();
        });
    }

    /** S3's {@code additionalEventData}; nothing for the others. */
    void additional(JsonGenerator out, Exchange exchange, OperationPlan plan) throws IOException {
        if (!plan.service().equals("s3")) {
            return;
        }
        Exchange.Transport transport = exchange.transport();
        out.writeObjectFieldStart("additionalEventData");
        out.writeStringField("SignatureVersion", "SigV4");
        if (transport.cipherSuite() != null) {
            out.writeStringField("CipherSuite", transport.cipherSuite());
        }
        out.writeNumberField("bytesTransferredIn", Math.max(0, transport.bytesIn()));
        out.writeStringField("AuthenticationMethod", transport.presigned() ? "QueryString" : "AuthHeader");
        out.writeEndObject();
    }

    /** {@code payload}, or a note in its place where it is too large. */
    String limited(String what, String payload) {
        // No character takes less than a byte nor, in UTF-16 units, more than three.
        if (payload.length() <= BYTES_MAX / 3) {
            return payload;
        }
        int size = payload.getBytes(StandardCharsets.UTF_8).length;
        return size <= BYTES_MAX
                ? payload
                : "{\"reason\":\"" + what + " too large\",\"omitted\":true,\"originalSize\":" + size + "}";
    }

    /** A denied call shows nothing of what was asked. */
    private static boolean denied(@Nullable ServiceException error) {
        return error != null && DENIALS.contains(error.code());
    }

    /** CloudTrail's name of an error: the shape's, and one name for all denials. */
    static String errorCode(OperationPlan plan, ServiceException error) {
        if (denied(error)) {
            return "AccessDenied";
        }
        return Services.ALL.stream()
                .filter(service -> service.name().equals(plan.service()))
                .findFirst()
                .map(service -> service.model().error(error.code()))
                .map(Shape::name)
                .orElse(error.code());
    }
}
