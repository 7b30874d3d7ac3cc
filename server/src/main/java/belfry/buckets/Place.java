package belfry.buckets;

import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Finds the bucket and the object that a call is about, and says so in the call's record. */
final class Place {
    private static final int KEY_BYTES_MAX = 1024;

    private Place() {}

    /**
     * The bucket.
     *
     * @param expectedOwner the account that must own it, or null
     */
    static BucketRow bucket(Tx tx, String name, @Nullable String expectedOwner, Call call) {
        BucketRow bucket = BucketTable.find(tx, name).orElseThrow(() -> S3Errors.noSuchBucket(name));
        boolean foreign = !bucket.account().equals(call.account());
        if (foreign || (expectedOwner != null && !expectedOwner.equals(bucket.account()))) {
            throw S3Errors.accessDenied();
        }
        return bucket;
    }

    /** Names the resources for the audit record; once per call, outside its transactions. */
    static void touches(Call call, String bucket) {
        call.touches("AWS::S3::Bucket", "arn:aws:s3:::" + bucket);
    }

    /** The same for a call about one object. */
    static void touches(Call call, String bucket, String key) {
        if (key.getBytes(StandardCharsets.UTF_8).length > KEY_BYTES_MAX) {
            throw ServiceException.of("KeyTooLongError", 400, "Your key is too long")
                    .with("Size", key.length())
                    .with("MaxSizeAllowed", KEY_BYTES_MAX);
        }
        call.touches("AWS::S3::Object", "arn:aws:s3:::" + bucket + "/" + key);
        touches(call, bucket);
    }

    /** The canonical user of an account: 64 hexadecimal digits, always the same for the same account. */
    static String canonicalId(String account) {
        Digest digest = Algorithm.SHA256.start();
        byte[] bytes = ("canonical-user:" + account).getBytes(StandardCharsets.UTF_8);
        digest.update(bytes, 0, bytes.length);
        return HexFormat.of().formatHex(digest.finish());
    }
}
