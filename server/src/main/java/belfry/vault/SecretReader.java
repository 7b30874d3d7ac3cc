package belfry.vault;

import belfry.api.secretsmanager.APIErrorType;
import belfry.api.secretsmanager.BatchGetSecretValueRequest;
import belfry.api.secretsmanager.BatchGetSecretValueResponse;
import belfry.api.secretsmanager.GetSecretValueRequest;
import belfry.api.secretsmanager.GetSecretValueResponse;
import belfry.api.secretsmanager.SecretValueEntry;
import belfry.base.Json;
import belfry.gateway.Call;
import belfry.gateway.OnBehalf;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * GetSecretValue and BatchGetSecretValue. A read changes nothing but the day of the last access, and that only once a day;
 * so nearly every read takes a snapshot and writes no row of ours.
 */
final class SecretReader {
    private static final int BATCH_PAGE = 20;

    /** One secret read: sealed row, content, labels. */
    private record Read(Secret secret, Version version, List<String> stages, SecretValues.Reading reading) {
        boolean firstOn(Instant day) {
            return !day.equals(secret.accessedOn()) || !day.equals(version.accessedOn());
        }
    }

    /** What a batch came to: reads, failures, where it goes on. */
    private record Batch(
            List<Read> reads,
            List<APIErrorType> errors,
            @Nullable String nextToken) {}

    private final SecretValues values;

    SecretReader(SecretValues values) {
        this.values = values;
    }

    GetSecretValueResponse get(GetSecretValueRequest in, Call call) {
        Read read = call.read(tx -> read(tx, call, in.secretId(), in.versionId(), in.versionStage()));
        call.onBehalf(read.reading().decrypt());
        GetSecretValueResponse answer = answer(read);
        Instant today = call.now().truncatedTo(ChronoUnit.DAYS);
        if (!read.firstOn(today)) {
            return answer;
        }
        return call.write(tx -> {
            accessed(tx, read, today);
            return answer;
        });
    }

    BatchGetSecretValueResponse batch(BatchGetSecretValueRequest in, Call call) {
        boolean listed = in.secretIdList() != null && !in.secretIdList().isEmpty();
        boolean filtered = in.filters() != null && !in.filters().isEmpty();
        if (listed == filtered) {
            throw SecretErrors.invalidParameter(
                    listed
                            ? "Either 'SecretIdList' or 'Filters' must be provided, but not both."
                            : "You must include either 'SecretIdList' or 'Filters' in the request.");
        }
        if (listed && (in.maxResults() != null || in.nextToken() != null)) {
            throw SecretErrors.invalidParameter("'MaxResults' and 'NextToken' go with 'Filters' only.");
        }
        Batch batch = call.read(tx -> listed ? byIds(tx, in, call) : byFilters(tx, in, call));
        batch.reads().forEach(read -> report(read, call));
        BatchGetSecretValueResponse answer = new BatchGetSecretValueResponse()
                .secretValues(batch.reads().stream().map(SecretReader::entry).toList())
                .errors(batch.errors())
                .nextToken(batch.nextToken());
        Instant today = call.now().truncatedTo(ChronoUnit.DAYS);
        List<Read> first =
                batch.reads().stream().filter(read -> read.firstOn(today)).toList();
        if (first.isEmpty()) {
            return answer;
        }
        return call.write(tx -> {
            first.forEach(read -> accessed(tx, read, today));
            return answer;
        });
    }

    private Batch byIds(Tx tx, BatchGetSecretValueRequest in, Call call) {
        List<Read> reads = new ArrayList<>();
        List<APIErrorType> errors = new ArrayList<>();
        for (String id : in.secretIdList()) {
            add(tx, id, call, reads, errors);
        }
        return new Batch(reads, errors, null);
    }

    private Batch byFilters(Tx tx, BatchGetSecretValueRequest in, Call call) {
        SecretLister.Page page = SecretLister.page(
                tx,
                Place.of(call),
                SecretFilters.of(in.filters()),
                false,
                SecretOrder.BY_CREATION,
                in.maxResults() == null ? BATCH_PAGE : in.maxResults(),
                in.nextToken());
        List<Read> reads = new ArrayList<>();
        List<APIErrorType> errors = new ArrayList<>();
        page.secrets().forEach(secret -> add(tx, secret.arn(), call, reads, errors));
        return new Batch(reads, errors, page.nextToken());
    }

    private void add(Tx tx, String id, Call call, List<Read> reads, List<APIErrorType> errors) {
        try {
            call.require(
                    tx,
                    SecretIds.lookUp(tx, Place.of(call), id)
                            .map(secret -> GuardedVault.reading(secret, id))
                            .orElseGet(() -> GuardedVault.reading(call, id)));
            reads.add(read(tx, call, id, null, null));
        } catch (ServiceException e) {
            errors.add(new APIErrorType().secretId(id).errorCode(e.code()).message(e.getMessage()));
        }
    }

    private Read read(Tx tx, Call call, String id, @Nullable String versionId, @Nullable String stage) {
        Secret secret = SecretIds.live(tx, Place.of(call), id);
        Version version = VersionTable.find(tx, secret, versionId(tx, secret, versionId, stage))
                .orElseThrow(() -> SecretErrors.noVersion(Objects.requireNonNull(versionId)));
        List<String> stages = Stages.of(tx, secret, version.versionId());
        if (versionId != null && stage != null && !stages.contains(stage)) {
            throw SecretErrors.stageElsewhere();
        }
        return new Read(secret, version, stages, values.open(tx, call, secret, version));
    }

    private static String versionId(Tx tx, Secret secret, @Nullable String versionId, @Nullable String stage) {
        if (versionId != null) {
            return versionId;
        }
        String wanted = stage == null ? Stages.CURRENT : stage;
        return Stages.holder(tx, secret, wanted).orElseThrow(() -> SecretErrors.noStage(wanted));
    }

    private static void accessed(Tx tx, Read read, Instant day) {
        SecretTable.accessed(tx, read.secret(), day);
        VersionTable.accessed(tx, read.secret(), read.version().versionId(), day);
    }

    /** A batch counts as one GetSecretValue for each secret, so that whoever watches for reads sees them. */
    private static void report(Read read, Call call) {
        call.onBehalf(read.reading().decrypt());
        var parameters = Json.object().put("secretId", read.secret().arn());
        call.onBehalf(new OnBehalf(
                "secretsmanager", "GetSecretValue", parameters, List.of(), "secretsmanager.amazonaws.com"));
    }

    private static GetSecretValueResponse answer(Read read) {
        return new GetSecretValueResponse()
                .arn(read.secret().arn())
                .name(read.secret().name())
                .versionId(read.version().versionId())
                .secretString(read.reading().content().text())
                .secretBinary(read.reading().content().binary())
                .versionStages(read.stages().isEmpty() ? null : read.stages())
                .createdDate(read.version().createdAt());
    }

    private static SecretValueEntry entry(Read read) {
        return new SecretValueEntry()
                .arn(read.secret().arn())
                .name(read.secret().name())
                .versionId(read.version().versionId())
                .secretString(read.reading().content().text())
                .secretBinary(read.reading().content().binary())
                .versionStages(read.stages())
                .createdDate(read.version().createdAt());
    }
}
