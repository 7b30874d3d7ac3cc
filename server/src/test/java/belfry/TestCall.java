package belfry;

import belfry.base.Clock;
import belfry.gateway.Call;
import belfry.gateway.OnBehalf;
import belfry.gateway.Permission;
import belfry.gateway.Principal;
import belfry.store.Store;
import belfry.store.Tx;
import belfry.wire.Struct;
import java.time.Instant;

/** A call of the account's root user, straight at the store: for tests of a stage without the gateway. */
public record TestCall(Store store, Clock clock, String region) implements Call {
    public static final String ACCOUNT = TestServer.ACCOUNT;

    /** A call in the usual region. */
    public TestCall(Store store, Clock clock) {
        this(store, clock, TestServer.REGION);
    }

    @Override
    public Principal principal() {
        return new Principal.Root(ACCOUNT, "AKIAEXAMPLE");
    }

    @Override
    public String account() {
        return ACCOUNT;
    }

    @Override
    public String sourceIp() {
        return "127.0.0.1";
    }

    @Override
    public String userAgent() {
        return "test";
    }

    @Override
    public String requestId() {
        return "4f0b6f9e-2f0a-4a57-9b0a-111111111111";
    }

    @Override
    public String endpoint() {
        return "http://127.0.0.1:4566";
    }

    @Override
    public Instant now() {
        return clock.now();
    }

    @Override
    public <R> R read(Store.Work<R> work) {
        return store.read(work);
    }

    @Override
    public <R extends Struct> R write(Store.Work<R> work) {
        return store.write(work);
    }

    @Override
    public void touches(String type, String arn) {}

    @Override
    public void onBehalf(OnBehalf inner) {}

    @Override
    public void require(Tx tx, Permission permission) {
        // The root may.
    }
}
