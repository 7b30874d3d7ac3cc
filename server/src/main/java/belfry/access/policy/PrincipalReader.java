package belfry.access.policy;

import belfry.access.policy.MalformedPolicyException.Part;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Reads {@code Principal}: {@code "*"} or an object of {@code AWS}, {@code Service}, {@code Federated}, {@code CanonicalUser}. */
final class PrincipalReader {
    private PrincipalReader() {}

    static PrincipalPattern read(JsonNode node) {
        if (node.isTextual() && node.asText().equals("*")) {
            return new PrincipalPattern(true, Set.of(), Set.of(), Set.of());
        }
        if (!node.isObject() || node.isEmpty()) {
            throw invalid();
        }
        Set<String> aws = new HashSet<>();
        Set<String> services = new HashSet<>();
        Set<String> others = new HashSet<>();
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            Set<String> into = switch (member.getKey()) {
                case "AWS" -> aws;
                case "Service" -> services;
                case "Federated", "CanonicalUser" -> others;
                default -> throw invalid();
            };
            into.addAll(StatementReader.texts(member.getValue(), Part.PRINCIPAL));
        }
        aws.forEach(PrincipalReader::check);
        return new PrincipalPattern(aws.contains("*"), aws, services, others);
    }

    /** An account, an ARN, or the unique id that AWS puts in the place of a deleted user or role. */
    private static void check(String aws) {
        boolean known = aws.equals("*")
                || aws.matches("\\d{12}")
                || aws.matches("arn:[\\w-]+:(iam|sts)::\\d{12}:[^*?]+")
                || aws.matches("A[A-Z0-9]{15,127}");
        if (!known) {
            throw invalid();
        }
    }

    private static MalformedPolicyException invalid() {
        return new MalformedPolicyException(Part.PRINCIPAL, "Invalid principal in policy");
    }
}
