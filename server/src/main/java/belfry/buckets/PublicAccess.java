package belfry.buckets;

import belfry.access.policy.PolicyDocument;
import belfry.api.s3.PublicAccessBlockConfiguration;
import belfry.base.Json;
import belfry.store.Tx;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** The block of public access, and what counts as public. */
final class PublicAccess {
    /** What a new bucket has. */
    static final String ALL_BLOCKED = write(new PublicAccessBlockConfiguration()
            .blockPublicAcls(true)
            .ignorePublicAcls(true)
            .blockPublicPolicy(true)
            .restrictPublicBuckets(true));

    private PublicAccess() {}

    static String write(PublicAccessBlockConfiguration block) {
        return Json.write(Json.object()
                .put("BlockPublicAcls", on(block.blockPublicAcls()))
                .put("IgnorePublicAcls", on(block.ignorePublicAcls()))
                .put("BlockPublicPolicy", on(block.blockPublicPolicy()))
                .put("RestrictPublicBuckets", on(block.restrictPublicBuckets())));
    }

    private static boolean on(@Nullable Boolean flag) {
        return Boolean.TRUE.equals(flag);
    }

    static PublicAccessBlockConfiguration read(String document) {
        JsonNode json = Json.parse(document);
        return new PublicAccessBlockConfiguration()
                .blockPublicAcls(json.path("BlockPublicAcls").asBoolean())
                .ignorePublicAcls(json.path("IgnorePublicAcls").asBoolean())
                .blockPublicPolicy(json.path("BlockPublicPolicy").asBoolean())
                .restrictPublicBuckets(json.path("RestrictPublicBuckets").asBoolean());
    }

    static boolean blocksPolicies(Tx tx, String bucket) {
        return BucketTable.setting(tx, bucket, Setting.PUBLIC_ACCESS_BLOCK)
                .map(PublicAccess::read)
                .filter(block -> on(block.blockPublicPolicy()))
                .isPresent();
    }

    static boolean isPublic(PolicyDocument policy) {
        return policy.statements().stream().anyMatch(statement -> statement.opensToEveryone());
    }
}
