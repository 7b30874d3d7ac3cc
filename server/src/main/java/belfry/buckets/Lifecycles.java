package belfry.buckets;

import belfry.api.s3.BucketLifecycleConfiguration;
import belfry.api.s3.DeleteBucketLifecycleRequest;
import belfry.api.s3.GetBucketLifecycleConfigurationOutput;
import belfry.api.s3.GetBucketLifecycleConfigurationRequest;
import belfry.api.s3.PutBucketLifecycleConfigurationOutput;
import belfry.api.s3.PutBucketLifecycleConfigurationRequest;
import belfry.base.Ids;
import belfry.base.Json;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.NoOutput;
import belfry.wire.ServiceException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lifecycles: kept, answered, and carried out by {@link LifecyclePump}. Expiry is real; transitions are kept and shown
 * and change nothing, since Belfry stores all classes alike.
 */
final class Lifecycles {
    private static final String MINIMUM = "all_storage_classes_128K";
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Lifecycles() {}

    /** @param minimum the transitions' least size, as the header names it */
    private record Kept(String minimum, BucketLifecycleConfiguration configuration) {
        String write() {
            return minimum + "\n" + Json.write(S3.STRUCTS.write(configuration));
        }

        static Kept read(String text) {
            int end = text.indexOf('\n');
            return new Kept(
                    text.substring(0, end),
                    S3.STRUCTS.read(BucketLifecycleConfiguration.class, text.substring(end + 1)));
        }
    }

    static PutBucketLifecycleConfigurationOutput put(PutBucketLifecycleConfigurationRequest in, Ids ids, Call call) {
        Place.touches(call, in.bucket());
        String minimum =
                in.transitionDefaultMinimumObjectSize() == null ? MINIMUM : in.transitionDefaultMinimumObjectSize();
        Kept kept = new Kept(minimum, LifecycleCheck.check(in.lifecycleConfiguration(), ids));
        return call.write(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            BucketTable.put(tx, bucket.name(), Setting.LIFECYCLE, kept.write());
            tx.ring(LifecyclePump.CHANGED);
            return new PutBucketLifecycleConfigurationOutput().transitionDefaultMinimumObjectSize(minimum);
        });
    }

    static GetBucketLifecycleConfigurationOutput get(GetBucketLifecycleConfigurationRequest in, Call call) {
        Place.touches(call, in.bucket());
        return call.read(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            Kept kept = find(tx, bucket.name())
                    .orElseThrow(() -> ServiceException.of(
                                    "NoSuchLifecycleConfiguration", 404, "The lifecycle configuration does not exist")
                            .with("BucketName", bucket.name()));
            return new GetBucketLifecycleConfigurationOutput()
                    .rules(kept.configuration().rules())
                    .transitionDefaultMinimumObjectSize(kept.minimum());
        });
    }

    static NoOutput delete(DeleteBucketLifecycleRequest in, Call call) {
        Place.touches(call, in.bucket());
        return call.write(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            BucketTable.remove(tx, bucket.name(), Setting.LIFECYCLE);
            return NoOutput.INSTANCE;
        });
    }

    private static Optional<Kept> find(Tx tx, String bucket) {
        return BucketTable.setting(tx, bucket, Setting.LIFECYCLE).map(Kept::read);
    }

    /** The rules in force. */
    static List<Lifecycle> rules(Tx tx, String bucket) {
        return find(tx, bucket).map(kept -> kept.configuration().rules()).orElse(List.of()).stream()
                .map(Lifecycle::new)
                .filter(Lifecycle::enabled)
                .toList();
    }

    /** The header {@code x-amz-expiration}: when the object goes, and by which rule; null where none speaks of it. */
    static @Nullable String expiration(Tx tx, ObjectRow row) {
        if (!row.latest()) {
            return null;
        }
        return rules(tx, row.bucket()).stream()
                .filter(rule -> rule.covers(row.key(), row.size(), row.tags()))
                .flatMap(rule -> rule.expiry(row).map(due -> new Due(due, rule)).stream())
                .min(Comparator.comparing(Due::at))
                .map(due -> "expiry-date=\"" + HTTP_DATE.format(due.at()) + "\", rule-id=\""
                        + due.rule().id() + "\"")
                .orElse(null);
    }

    private record Due(Instant at, Lifecycle rule) {}
}
