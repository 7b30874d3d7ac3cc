package belfry.access;

import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * AWS's own managed policies that people attach: those about the services here, without the statements about others
 * (docs/decisions/0903). They belong to no account and cannot be changed.
 */
final class AwsPolicies {
    static final String PREFIX = "arn:aws:iam::aws:policy/";

    private static final String RESOURCE = "/belfry/access/aws-policies.json";
    private static final Instant CREATED = Instant.parse("2015-02-06T18:39:46Z");
    private static final Map<String, JsonNode> BY_ARN = read();

    private AwsPolicies() {}

    static boolean isOne(String arn) {
        return arn.startsWith(PREFIX);
    }

    /** The policy as this account sees it. */
    static Optional<ManagedTable.Managed> find(String account, String arn) {
        return Optional.ofNullable(BY_ARN.get(arn)).map(json -> managed(account, arn, json));
    }

    /** By name, those after {@code after} on a path that begins with {@code pathPrefix}. */
    static List<ManagedTable.Managed> list(String account, String pathPrefix, String after) {
        return BY_ARN.entrySet().stream()
                .map(entry -> managed(account, entry.getKey(), entry.getValue()))
                .filter(policy ->
                        policy.path().startsWith(pathPrefix) && policy.name().compareTo(after) > 0)
                .toList();
    }

    static Optional<ManagedTable.PolicyVersionRow> version(String arn) {
        return Optional.ofNullable(BY_ARN.get(arn))
                .map(json -> new ManagedTable.PolicyVersionRow(
                        json.path("version").asInt(), Json.pretty(json.path("document")), CREATED));
    }

    private static ManagedTable.Managed managed(String account, String arn, JsonNode json) {
        String name = arn.substring(arn.lastIndexOf('/') + 1);
        int version = json.path("version").asInt();
        return new ManagedTable.Managed(
                account,
                arn,
                name,
                json.path("path").asText(),
                uniqueId(name),
                json.path("description").asText(),
                "{}",
                version,
                version,
                CREATED,
                CREATED);
    }

    /** Always the same for a name. */
    private static String uniqueId(String name) {
        StringBuilder id = new StringBuilder("ANPA");
        for (int i = 0; i < 17; i++) {
            id.append((char) ('A' + Math.floorMod(name.hashCode() * (31 * i + 7), 26)));
        }
        return id.toString();
    }

    private static Map<String, JsonNode> read() {
        try (InputStream in = AwsPolicies.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("missing " + RESOURCE);
            }
            Map<String, JsonNode> policies = new TreeMap<>();
            Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .properties()
                    .forEach(entry -> policies.put(
                            "arn:aws:iam::aws:policy"
                                    + entry.getValue().path("path").asText() + entry.getKey(),
                            entry.getValue()));
            return policies;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
