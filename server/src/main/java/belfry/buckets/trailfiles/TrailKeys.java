package belfry.buckets.trailfiles;

import belfry.base.Arn;
import belfry.buckets.Buckets;
import belfry.buckets.KmsSeal;
import belfry.store.Tx;
import belfry.trail.Checks;
import belfry.trail.Trail;
import belfry.vault.Keys;
import belfry.vault.Place;
import belfry.wire.ServiceException;
import java.util.Map;
import java.util.Optional;

/**
 * KMS keys as CloudTrail meets them: it may encrypt only where the key's policy says so, each time anew (semantics:
 * cloudtrail.md §3).
 */
public final class TrailKeys implements Checks.KeyCheck {
    private static final String SERVICE = "cloudtrail.amazonaws.com";

    private final Keys keys;
    private final Buckets buckets;

    public TrailKeys(Keys keys, Buckets buckets) {
        this.keys = keys;
        this.buckets = buckets;
    }

    @Override
    public Checks.KeyAnswer check(Tx tx, String account, String region, String keyId, String bucket, String trailArn) {
        Place place = Arn.parse(keyId)
                .map(arn -> new Place(arn.account(), arn.region()))
                .orElse(new Place(account, region));
        String arn;
        try {
            arn = keys.usable(tx, place, keyId);
        } catch (ServiceException e) {
            boolean missing = e.code().equals("NotFoundException");
            return new Checks.KeyAnswer(missing ? Checks.Answer.MISSING : Checks.Answer.DISABLED, keyId);
        }
        boolean elsewhere = buckets.region(tx, bucket)
                .filter(of -> !of.equals(place.region()))
                .isPresent();
        if (elsewhere) {
            return new Checks.KeyAnswer(Checks.Answer.MISSING, keyId);
        }
        boolean lets = lets(tx, place, arn, trailArn);
        return new Checks.KeyAnswer(lets ? Checks.Answer.OK : Checks.Answer.REFUSED, arn);
    }

    private boolean lets(Tx tx, Place place, String keyArn, String trailArn) {
        Map<String, String> context = Map.of("aws:cloudtrail:arn", trailArn);
        return keys.lets(tx, place, keyArn, SERVICE, "DescribeKey", trailArn, Map.of())
                && keys.lets(tx, place, keyArn, SERVICE, "GenerateDataKey", trailArn, context);
    }

    /**
     * How an object of the trail is sealed; empty for a trail without a key.
     *
     * @throws ServiceException what S3 would answer: AccessDenied where the key's policy does not let CloudTrail
     */
    Optional<KmsSeal> seal(Tx tx, Trail trail, String objectKey) {
        String key = trail.kmsKey();
        if (key == null) {
            return Optional.empty();
        }
        Place place = Arn.parse(key)
                .map(arn -> new Place(arn.account(), arn.region()))
                .orElse(new Place(trail.account(), trail.homeRegion()));
        String arn;
        try {
            arn = keys.usable(tx, place, key);
        } catch (ServiceException e) {
            throw ServiceException.of("KMS." + e.code(), 400, String.valueOf(e.getMessage()));
        }
        if (!lets(tx, place, arn, trail.arn())) {
            throw ServiceException.of("AccessDenied", 403, "Access Denied");
        }
        return Optional.of(new KmsSeal(
                arn,
                Map.of(
                        "aws:cloudtrail:arn",
                        trail.arn(),
                        "aws:s3:arn",
                        "arn:aws:s3:::" + trail.bucket() + "/" + objectKey)));
    }
}
