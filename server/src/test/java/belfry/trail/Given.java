package belfry.trail;

import belfry.gateway.Call;
import belfry.gateway.Exchange;
import belfry.gateway.OnBehalf;
import belfry.gateway.Permission;
import belfry.gateway.Principal;
import belfry.gateway.Touched;
import belfry.store.Store;
import belfry.store.Tx;
import belfry.wire.NoOutput;
import belfry.wire.ServiceException;
import belfry.wire.Struct;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call as the gateway would hand it over, for tests below the gateway. */
final class Given implements Call {
    static final Instant NOW = Instant.parse("2026-03-07T14:05:09.123Z");
    static final String ACCOUNT = "111122223333";
    static final Principal.IamUser ANN =
            new Principal.IamUser(ACCOUNT, "AKIAIOSFODNN7EXAMPLE", "ann", "AIDACKCEVSQ6C2EXAMPLE", "/");
    static final Principal.AssumedRole DEPLOY = new Principal.AssumedRole(
            ACCOUNT,
            "ASIAIOSFODNN7EXAMPLE",
            "deploy",
            "AROACKCEVSQ6C2EXAMPLE",
            "arn:aws:iam::111122223333:role/ci/deploy",
            "build-7",
            NOW.minusSeconds(600));

    private static final Exchange.Transport PLAIN =
            new Exchange.Transport("secretsmanager.us-east-1.amazonaws.com", null, null, 17, false);

    private final Store store;
    private Principal principal = ANN;
    private String region = "us-east-1";
    private String requestId = "req-1";
    private Exchange.Transport transport = PLAIN;
    private final List<Touched> touched = new ArrayList<>();
    private final List<OnBehalf> inner = new ArrayList<>();

    Given(Store store) {
        this.store = store;
    }

    Given by(Principal value) {
        principal = value;
        return this;
    }

    Given in(String value) {
        region = value;
        return this;
    }

    Given request(String value) {
        requestId = value;
        return this;
    }

    Given over(Exchange.Transport value) {
        transport = value;
        return this;
    }

    Given touching(String type, String arn) {
        touched.add(new Touched(type, arn));
        return this;
    }

    Given behind(OnBehalf value) {
        inner.add(value);
        return this;
    }

    Exchange answered(String service, String operation, @Nullable Struct input, @Nullable Struct output) {
        Struct answer = output == null ? NoOutput.INSTANCE : output;
        return new Exchange(this, service, operation, input, answer, null, touched, inner, transport);
    }

    Exchange refused(String service, String operation, @Nullable Struct input, ServiceException error) {
        return new Exchange(this, service, operation, input, null, error, touched, inner, transport);
    }

    @Override
    public Principal principal() {
        return principal;
    }

    @Override
    public String account() {
        return ACCOUNT;
    }

    @Override
    public String region() {
        return region;
    }

    @Override
    public String sourceIp() {
        return "192.0.2.7";
    }

    @Override
    public String userAgent() {
        return "aws-cli/2.15.0";
    }

    @Override
    public String requestId() {
        return requestId;
    }

    @Override
    public String endpoint() {
        return "http://127.0.0.1:4566";
    }

    @Override
    public Instant now() {
        return NOW;
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
    public void touches(String type, String arn) {
        touched.add(new Touched(type, arn));
    }

    @Override
    public void onBehalf(OnBehalf call) {
        inner.add(call);
    }

    @Override
    public void require(Tx tx, Permission permission) {
        // The root may.
    }
}
