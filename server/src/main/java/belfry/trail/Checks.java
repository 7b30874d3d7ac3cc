package belfry.trail;

import belfry.store.Tx;
import java.util.Objects;
import java.util.Optional;

/**
 * What CloudTrail asks of other stages before it accepts a trail. Each answers in the transaction that will create the
 * trail; {@code Belfry} wires them.
 */
public record Checks(BucketCheck bucket, LogGroupCheck logGroup, RoleCheck role, TopicCheck topic, KeyCheck key) {
    public Checks {
        Objects.requireNonNull(bucket);
        Objects.requireNonNull(logGroup);
        Objects.requireNonNull(role);
        Objects.requireNonNull(topic);
        Objects.requireNonNull(key);
    }

    /** What a destination says. */
    public enum Answer {
        /** CloudTrail may deliver there. */
        OK,
        /** There is no such thing. */
        MISSING,
        /** Its policy does not let CloudTrail. */
        REFUSED,
        /** It is switched off: a disabled key. */
        DISABLED
    }

    /** Asks the buckets. */
    @FunctionalInterface
    public interface BucketCheck {
        /**
         * May {@code cloudtrail.amazonaws.com} call GetBucketAcl on the bucket, and PutObject below
         * {@code prefix/AWSLogs/account/} with {@code s3:x-amz-acl = bucket-owner-full-control} and {@code aws:SourceArn = trailArn}?
         *
         * @param account the trail's account, as {@code aws:SourceAccount}
         * @param prefix of the log files' keys; empty for none
         * @param kmsKeyArn the key that encrypts them; empty for none
         */
        Answer check(Tx tx, String account, String bucket, String prefix, String trailArn, Optional<String> kmsKeyArn);
    }

    /** Asks CloudWatch Logs. */
    @FunctionalInterface
    public interface LogGroupCheck {
        /** Is there such a log group? OK or MISSING. */
        Answer check(Tx tx, String account, String logGroupArn);
    }

    /** Asks IAM. */
    @FunctionalInterface
    public interface RoleCheck {
        /**
         * Does the role trust {@code cloudtrail.amazonaws.com} (else MISSING), and may it create the stream and put
         * records into it (else REFUSED)?
         *
         * @param streamArn of the log stream that will be written
         */
        Answer check(Tx tx, String roleArn, String streamArn, String trailArn);
    }

    /** Asks SNS. */
    @FunctionalInterface
    public interface TopicCheck {
        /** Is there such a topic, and may {@code cloudtrail.amazonaws.com} publish to it for the trail? */
        Answer check(Tx tx, String topicArn, String trailArn);
    }

    /**
     * What KMS says.
     *
     * @param arn the key's; the id as it was given where there is none
     */
    public record KeyAnswer(Answer answer, String arn) {}

    /** Asks KMS. */
    @FunctionalInterface
    public interface KeyCheck {
        /**
         * May {@code cloudtrail.amazonaws.com} make data keys with the context {@code aws:cloudtrail:arn = trailArn}?
         *
         * @param keyId as the caller gave it: an id, an ARN or an alias
         * @param bucket that the log files go to; key and bucket must be in one region
         */
        KeyAnswer check(Tx tx, String account, String region, String keyId, String bucket, String trailArn);
    }
}
