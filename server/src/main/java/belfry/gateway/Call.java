package belfry.gateway;

import belfry.base.Arn;
import belfry.store.Store;
import belfry.store.Tx;
import belfry.wire.Struct;
import java.time.Instant;

/**
 * One API call, as the operation that answers it sees it: who, where, when, and the transactions to answer it with.
 *
 * <p>An operation either reads ({@link #read}) and returns its answer, or does everything that changes state in one
 * {@link #write} and returns what that returned. Both the answer and the error are recorded in the audit trail before the
 * caller hears of them; with {@code write}, in the same transaction as the effect. An operation throws
 * {@link belfry.wire.ServiceException} with AWS's code and words; what it wrote is undone then.
 */
public interface Call {
    Principal principal();

    /** The account that the call works in: twelve digits. */
    String account();

    /** The region that the call was signed for, for example {@code us-east-1}. */
    String region();

    /** The caller's address. */
    String sourceIp();

    /** As the caller sent it; empty if it sent none. */
    String userAgent();

    /** The request's id, which the answer and the audit record carry. */
    String requestId();

    /** Where the caller reached us, without a trailing slash: {@code http://127.0.0.1:4566}. For links and queue URLs. */
    String endpoint();

    /** When the call arrived, to the millisecond. */
    Instant now();

    /** Reads on a consistent snapshot. */
    <R> R read(Store.Work<R> work);

    /**
     * Changes state and records the call, durably and together. At most once per call; its result must be the
     * operation's answer, for that is what is recorded.
     */
    <R extends Struct> R write(Store.Work<R> work);

    /**
     * Names a resource that the call touched, for the audit record's {@code resources}.
     *
     * @param type CloudFormation's name, for example {@code AWS::KMS::Key}
     */
    void touches(String type, String arn);

    /** Adds a call that a service made on the caller's behalf; it is recorded along with this one, before it. */
    void onBehalf(OnBehalf inner);

    /**
     * Makes sure that the caller may also do this, which only shows while the call is carried out: decrypt with the
     * secret's key, read each secret of a batch.
     *
     * @throws belfry.wire.ServiceException with AWS's access-denied code where it may not
     */
    void require(Tx tx, Permission permission);

    /** {@code arn:aws:service:region:account:resource} in this call's region and account. */
    default Arn arn(String service, String resource) {
        return Arn.of(service, region(), account(), resource);
    }
}
