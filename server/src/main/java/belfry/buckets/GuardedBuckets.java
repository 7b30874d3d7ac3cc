package belfry.buckets;

import belfry.access.authorize.ResourceFinder;
import belfry.gateway.Guarded;
import belfry.gateway.Permission;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import java.util.Map;

/** Buckets and objects as those who decide about access see them: both are under the bucket's policy. */
public final class GuardedBuckets {
    private GuardedBuckets() {}

    /** By the kinds that the tables of actions write. */
    public static Map<String, ResourceFinder> finders() {
        return Map.of(
                "bucket", (tx, call, typed, members) -> bucket(tx, typed.orElse("*")),
                "object",
                        (tx, call, typed, members) ->
                                object(tx, members.text("Bucket").orElse("*"), typed.orElse("*")),
                "copy-source", (tx, call, typed, members) -> source(tx, typed.orElse("")));
    }

    /** The permission for something done to an object, for calls that are about several. */
    static Permission on(Tx tx, String action, String bucket, String key) {
        return new Permission(action, object(tx, bucket, key));
    }

    /** The permission to see which objects there are: who lacks it does not learn that one is missing. */
    static Permission listing(Tx tx, String bucket) {
        return new Permission("s3:ListBucket", bucket(tx, bucket));
    }

    private static Guarded bucket(Tx tx, String name) {
        return guarded(tx, name, "arn:aws:s3:::" + name);
    }

    private static Guarded object(Tx tx, String bucket, String key) {
        return guarded(tx, bucket, "arn:aws:s3:::" + bucket + "/" + key);
    }

    private static Guarded source(Tx tx, String header) {
        try {
            CopySource source = CopySource.parse(header);
            return object(tx, source.bucket(), source.key());
        } catch (ServiceException e) {
            return object(tx, "*", "*");
        }
    }

    private static Guarded guarded(Tx tx, String bucket, String arn) {
        String policy = BucketTable.setting(tx, bucket, Setting.POLICY).orElse(null);
        return new Guarded(arn, arn, policy, Guarded.Rule.BESIDE, Map.of());
    }
}
