package belfry.buckets;

import belfry.api.s3.GetBucketAccelerateConfigurationOutput;
import belfry.api.s3.GetBucketLoggingOutput;
import belfry.api.s3.GetBucketRequestPaymentOutput;
import belfry.api.s3.NotificationConfiguration;
import belfry.gateway.Call;
import belfry.wire.NoOutput;
import belfry.wire.ServiceException;
import belfry.wire.Struct;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What Belfry's buckets never have (CORS, websites, replication, Object Lock …), answered as S3 answers for a bucket
 * without. Deleting it succeeds, as on S3; setting it is refused as not implemented.
 */
final class AbsentSettings {
    private AbsentSettings() {}

    private static <S extends Struct> S answer(Call call, String name, @Nullable String owner, Supplier<S> answer) {
        Place.touches(call, name);
        return call.read(tx -> {
            Place.bucket(tx, name, owner, call);
            return answer.get();
        });
    }

    /** The error to throw; the bucket itself is looked for first. */
    private static ServiceException absent(
            Call call, String name, @Nullable String owner, String code, String message) {
        Place.touches(call, name);
        call.read(tx -> Place.bucket(tx, name, owner, call));
        return ServiceException.of(code, 404, message).with("BucketName", name);
    }

    static ServiceException cors(Call call, String name, @Nullable String owner) {
        return absent(call, name, owner, "NoSuchCORSConfiguration", "The CORS configuration does not exist");
    }

    static ServiceException website(Call call, String name, @Nullable String owner) {
        return absent(
                call,
                name,
                owner,
                "NoSuchWebsiteConfiguration",
                "The specified bucket does not have a website configuration");
    }

    static ServiceException replication(Call call, String name, @Nullable String owner) {
        return absent(
                call,
                name,
                owner,
                "ReplicationConfigurationNotFoundError",
                "The replication configuration was not found");
    }

    static ServiceException objectLock(Call call, String name, @Nullable String owner) {
        return absent(
                call,
                name,
                owner,
                "ObjectLockConfigurationNotFoundError",
                "Object Lock configuration does not exist for this bucket");
    }

    static GetBucketAccelerateConfigurationOutput accelerate(Call call, String name, @Nullable String owner) {
        return answer(call, name, owner, GetBucketAccelerateConfigurationOutput::new);
    }

    static GetBucketLoggingOutput logging(Call call, String name, @Nullable String owner) {
        return answer(call, name, owner, GetBucketLoggingOutput::new);
    }

    static NotificationConfiguration notifications(Call call, String name, @Nullable String owner) {
        return answer(call, name, owner, NotificationConfiguration::new);
    }

    static GetBucketRequestPaymentOutput requestPayment(Call call, String name, @Nullable String owner) {
        return answer(call, name, owner, () -> new GetBucketRequestPaymentOutput().payer("BucketOwner"));
    }

    /** Nothing to delete, and so deleted. */
    static NoOutput delete(Call call, String name, @Nullable String owner) {
        Place.touches(call, name);
        return call.write(tx -> {
            Place.bucket(tx, name, owner, call);
            return NoOutput.INSTANCE;
        });
    }
}
