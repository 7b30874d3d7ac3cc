package belfry.trail;

import belfry.base.Json;
import belfry.wire.Member;
import belfry.wire.Shape;
import belfry.wire.Struct;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** S3's {@code requestParameters}: bucket, host, key, the sub-resource, what stood in query and headers (§1.6). */
final class S3Parameters {
    private final StructWriter writer;

    S3Parameters(StructWriter writer) {
        this.writer = writer;
    }

    void write(JsonGenerator out, OperationPlan plan, @Nullable Struct input, String host) throws IOException {
        out.writeStartObject();
        Shape shape = plan.input();
        if (shape != null && input != null) {
            payload(out, plan, shape, input);
            text(out, "bucketName", shape, input, "Bucket");
        }
        out.writeStringField("Host", host);
        subresource(out, plan.uri());
        if (shape != null && input != null) {
            text(out, "key", shape, input, "Key");
            for (Member member : shape.members()) {
                parameter(out, member, input.getAt(member.index()));
            }
        }
        out.writeEndObject();
    }

    private void payload(JsonGenerator out, OperationPlan plan, Shape shape, Struct input) throws IOException {
        for (Member member : shape.members()) {
            Object value = input.getAt(member.index());
            boolean body = member.location() == Member.Location.BODY && !member.streaming();
            if (value == null || !body || Redaction.of("s3", member) != Redaction.Treatment.SHOW) {
                continue;
            }
            if (plan.operation().equals("PutBucketPolicy")) {
                out.writeFieldName("bucketPolicy");
                policy(out, (String) value);
            } else {
                out.writeFieldName(member.name());
                writer.value(out, member.target(), value);
            }
        }
    }

    /** The policy as an object; as text where it is no JSON. */
    private static void policy(JsonGenerator out, String text) throws IOException {
        try {
            out.writeRawValue(Json.write(Json.parse(text)));
        } catch (IllegalArgumentException e) {
            out.writeString(text);
        }
    }

    private static void subresource(JsonGenerator out, String uri) throws IOException {
        int at = uri.indexOf('?');
        if (at < 0) {
            return;
        }
        for (String part : uri.substring(at + 1).split("&", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            if (!name.startsWith("x-id")) {
                out.writeStringField(name, equals < 0 ? "" : part.substring(equals + 1));
            }
        }
    }

    private void parameter(JsonGenerator out, Member member, @Nullable Object value) throws IOException {
        if (value == null || Redaction.of("s3", member) != Redaction.Treatment.SHOW) {
            return;
        }
        String name = member.wireName();
        boolean header = member.location() == Member.Location.HEADER
                && name.toLowerCase(Locale.ROOT).startsWith("x-amz-");
        if (header || member.location() == Member.Location.QUERY) {
            out.writeFieldName(name);
            writer.value(out, member.target(), value);
        }
    }

    private static void text(JsonGenerator out, String key, Shape shape, Struct input, String memberName)
            throws IOException {
        Member member = shape.member(memberName);
        Object value = member == null ? null : input.getAt(member.index());
        if (value != null) {
            out.writeStringField(key, Objects.toString(value));
        }
    }
}
