package belfry.trail;

import belfry.wire.Member;
import belfry.wire.Shape;
import belfry.wire.Struct;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A struct in which what is sensitive, and every blob, is a marker, and all else is harmless. */
final class SensitiveOnly {
    private static final int DEPTH_MAX = 5;

    private SensitiveOnly() {}

    static @Nullable Struct of(@Nullable Shape shape, String marker) {
        return shape == null ? null : (Struct) value(shape, false, marker, 0);
    }

    private static Object value(Shape shape, boolean secret, String marker, int depth) {
        // The names of keys are marked as sensitive in S3's description, and shown by AWS all the same.
        boolean hidden = secret || (shape.sensitive() && !shape.name().matches("SSEKMSKeyId|NonEmptyKmsKeyArnString"));
        return switch (shape.kind()) {
            case STRUCTURE -> {
                Struct struct = shape.newStruct();
                for (Member member : shape.members()) {
                    if (depth < DEPTH_MAX
                            && !member.streaming()
                            && !member.target().exception()) {
                        struct.setAt(member.index(), value(member.target(), hidden, marker, depth + 1));
                    }
                }
                yield struct;
            }
            case LIST ->
                depth < DEPTH_MAX ? List.of(value(shape.element().target(), hidden, marker, depth + 1)) : List.of();
            case MAP ->
                depth < DEPTH_MAX ? Map.of("k", value(shape.value().target(), hidden, marker, depth + 1)) : Map.of();
            case STRING -> hidden ? marker : "x";
            case INTEGER -> 1;
            case LONG -> 1L;
            case FLOAT -> 1f;
            case DOUBLE -> 1d;
            case BOOLEAN -> true;
            case TIMESTAMP -> java.time.Instant.EPOCH;
            case BLOB -> marker.getBytes(StandardCharsets.UTF_8);
        };
    }
}
