package belfry.hostile;

import belfry.wire.Shape;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * Fills a request's fields at random. A tame filling has what is required and little more, all of it of the right kind; a
 * wild one may hold anything anywhere.
 */
final class Filling {
    private static final int DEPTH_MAX = 4;

    /** A long poll would wait for a clock that stands; the client itself trips over a wrong length. */
    private static final Set<String> LEFT_OUT = Set.of("WaitTimeSeconds", "ContentLength");

    private final SplittableRandom random;
    private final Words words;
    private final Instant now;
    private final boolean tame;

    Filling(SplittableRandom random, Words words, Instant now) {
        this.random = random;
        this.words = words;
        this.now = now;
        this.tame = random.nextInt(3) > 0;
    }

    /** @param shape the description's, or null where it is not known */
    void fill(SdkPojo builder, @Nullable Shape shape) {
        fill(builder, shape, 0);
    }

    private void fill(SdkPojo builder, @Nullable Shape shape, int depth) {
        for (SdkField<?> field : builder.sdkFields()) {
            var member = shape == null ? null : shape.member(field.memberName());
            boolean required = member != null && member.required();
            if (LEFT_OUT.contains(field.memberName()) || random.nextInt(100) >= likely(required)) {
                continue;
            }
            Object value = value(field, member == null ? null : member.target(), depth);
            if (value != null) {
                field.set(builder, value);
            }
        }
    }

    private int likely(boolean required) {
        if (tame) {
            return required ? 100 : 12;
        }
        return required ? 97 : 40;
    }

    private @Nullable Object value(SdkField<?> field, @Nullable Shape shape, int depth) {
        String member = field.memberName() == null ? "" : field.memberName();
        return switch (field.marshallingType().getTargetClass().getSimpleName()) {
            case "String" -> text(member, shape);
            case "Integer" ->
                number(shape, Integer.MIN_VALUE, Integer.MAX_VALUE).intValue();
            case "Short" -> number(shape, Short.MIN_VALUE, Short.MAX_VALUE).shortValue();
            case "Long" -> number(shape, Long.MIN_VALUE, Long.MAX_VALUE);
            case "Float" -> (float) words.fraction(random);
            case "Double" -> words.fraction(random);
            case "BigDecimal" -> BigDecimal.valueOf(words.number(random));
            case "Boolean" -> random.nextBoolean();
            case "Instant" -> words.time(random, now);
            case "SdkBytes" -> SdkBytes.fromUtf8String(text(member, null));
            case "List" -> list(field, shape, depth);
            case "Map" -> map(field, shape, depth);
            case "SdkPojo" -> depth < DEPTH_MAX ? structure(field, shape, depth) : null;
            default -> null;
        };
    }

    private String text(String member, @Nullable Shape shape) {
        if (shape != null && !shape.enumeration().isEmpty() && (tame || random.nextInt(100) < 90)) {
            return Words.one(random, List.copyOf(shape.enumeration()));
        }
        return tame ? words.fitting(random, member) : words.any(random, member);
    }

    private Long number(@Nullable Shape shape, long least, long most) {
        long number = words.number(random);
        if (shape != null && shape.min() != null && shape.max() != null && (tame || random.nextInt(100) < 70)) {
            long span = Math.min(shape.max() - shape.min(), 1_000_000);
            return span <= 0 ? shape.min() : shape.min() + random.nextLong(span + 1);
        }
        return Math.clamp(number, least, most);
    }

    private List<Object> list(SdkField<?> field, @Nullable Shape shape, int depth) {
        SdkField<?> element = field.getTrait(ListTrait.class).memberFieldInfo();
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(depth < DEPTH_MAX ? 4 : 1); i > 0; i--) {
            Object value = value(element, shape == null ? null : shape.element().target(), depth + 1);
            if (value != null) {
                list.add(value);
            }
        }
        return list;
    }

    private Map<String, Object> map(SdkField<?> field, @Nullable Shape shape, int depth) {
        SdkField<?> element = field.getTrait(MapTrait.class).valueFieldInfo();
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(depth < DEPTH_MAX ? 4 : 1); i > 0; i--) {
            Object value = value(element, shape == null ? null : shape.value().target(), depth + 1);
            if (value != null) {
                map.put(
                        text(
                                field.memberName() + "Key",
                                shape == null ? null : shape.key().target()),
                        value);
            }
        }
        return map;
    }

    private Object structure(SdkField<?> field, @Nullable Shape shape, int depth) {
        SdkPojo builder = field.constructor().get();
        fill(builder, shape, depth + 1);
        return ((SdkBuilder<?, ?>) builder).build();
    }
}
