package belfry.bench;

import belfry.api.secretsmanager.GetSecretValueRequest;
import belfry.api.secretsmanager.GetSecretValueResponse;
import belfry.base.Json;
import belfry.gateway.Call;
import belfry.gateway.Exchange;
import belfry.gateway.OnBehalf;
import belfry.gateway.Permission;
import belfry.gateway.Principal;
import belfry.gateway.Touched;
import belfry.store.Store;
import belfry.store.Tx;
import belfry.wire.Struct;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The n-th call of a long history, as the gateway would hand it to the recorder: 200 access keys, 50 secrets. */
final class Visitor implements Call {
    /** The user who calls once in 5,000 calls. */
    static final String RARE = "mallory";

    private static final String ACCOUNT = "123456789012";
    private static final String KEY = "arn:aws:kms:us-east-1:" + ACCOUNT + ":key/1f2e3d4c-0000-4000-8000-000000000001";
    private static final int KEYS = 200;
    private static final int SECRETS = 50;
    private static final int RARE_EVERY = 5_000;

    private final int n;
    private final Instant now;
    private @Nullable Store store;

    Visitor(int n, Instant now) {
        this.n = n / 2;
        this.now = now;
    }

    Visitor in(Store value) {
        store = value;
        return this;
    }

    static String key(int user) {
        return String.format(Locale.ROOT, "AKIABENCH%011d", user);
    }

    static String secret(int i) {
        return "arn:aws:secretsmanager:us-east-1:" + ACCOUNT + ":secret:prod/db-" + i + "-AbCdEf";
    }

    /** A read of a secret, with KMS's Decrypt behind it. */
    Exchange read() {
        String arn = secret(n % SECRETS);
        OnBehalf decrypt = new OnBehalf(
                "kms",
                "Decrypt",
                Json.object().put("encryptionAlgorithm", "SYMMETRIC_DEFAULT"),
                List.of(new Touched("AWS::KMS::Key", KEY)),
                "secretsmanager.amazonaws.com");
        return new Exchange(
                this,
                "secretsmanager",
                "GetSecretValue",
                new GetSecretValueRequest().secretId(arn),
                new GetSecretValueResponse().arn(arn),
                null,
                List.of(new Touched("AWS::SecretsManager::Secret", arn)),
                List.of(decrypt),
                new Exchange.Transport("127.0.0.1:4566", null, null, 60, false));
    }

    @Override
    public Principal principal() {
        int user = n % KEYS;
        String name = n % RARE_EVERY == 1 ? RARE : "user-" + user % 20;
        return new Principal.IamUser(ACCOUNT, key(user), name, "AIDACKCEVSQ6C2EXAMPLE", "/");
    }

    @Override
    public String account() {
        return ACCOUNT;
    }

    @Override
    public String region() {
        return "us-east-1";
    }

    @Override
    public String sourceIp() {
        return "192.0.2." + n % 250;
    }

    @Override
    public String userAgent() {
        return "aws-cli/2.15.0";
    }

    @Override
    public String requestId() {
        return "req-" + n;
    }

    @Override
    public String endpoint() {
        return "http://127.0.0.1:4566";
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public <R> R read(Store.Work<R> work) {
        if (store == null) {
            throw new IllegalStateException("this visitor has no store to read");
        }
        return store.read(work);
    }

    @Override
    public <R extends Struct> R write(Store.Work<R> work) {
        throw new IllegalStateException("a bench of reads");
    }

    @Override
    public void touches(String type, String arn) {}

    @Override
    public void onBehalf(OnBehalf inner) {}

    @Override
    public void require(Tx tx, Permission permission) {
        // The bench may.
    }
}
