package belfry.topics;

import belfry.access.RolePermissions;
import belfry.base.Arn;
import belfry.store.Tx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The topic attributes of delivery status logging (docs/decisions/0818): for each kind of endpoint a role and a
 * percentage for what succeeded, and a role for what failed. The kinds that nothing here delivers to are refused, but
 * for the empty values and zeros that Terraform sends with every topic.
 */
final class Feedback {
    static final String SERVICE = "sns.amazonaws.com";

    private static final Pattern NAME =
            Pattern.compile("(Application|Firehose|HTTP|Lambda|SQS)(SuccessFeedbackRoleArn|SuccessFeedbackSampleRate"
                    + "|FailureFeedbackRoleArn)");
    private static final List<String> DELIVERED = List.of("HTTP", "SQS");
    private static final List<String> ROLES = List.of("SuccessFeedbackRoleArn", "FailureFeedbackRoleArn");
    private static final int ALL = 100;

    private Feedback() {}

    /** Whether an attribute of this name is one of these; its value is then checked. */
    static boolean check(String name, String value) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return false;
        }
        boolean rate = name.endsWith("Rate");
        boolean nothing = value.isEmpty() || (rate && value.equals("0"));
        if (!nothing && !DELIVERED.contains(matcher.group(1))) {
            throw Faults.notImplemented("delivery status logging for endpoints it does not deliver to (" + name + ")");
        }
        if (rate && !value.isEmpty() && (!value.matches("[0-9]{1,3}") || Integer.parseInt(value) > ALL)) {
            throw Faults.invalid(name + " Reason: the sample rate must be an integer from 0 to 100");
        }
        if (!rate && !value.isEmpty() && Arn.parse(value).filter(Feedback::role).isEmpty()) {
            throw Faults.invalid(name + " Reason: " + value + " is not the ARN of a role");
        }
        return true;
    }

    private static boolean role(Arn arn) {
        return arn.service().equals("iam") && arn.resource().startsWith("role/");
    }

    /** A role must exist and trust SNS when it is named; what its policies allow is asked at each delivery. */
    static void checkRoles(Tx tx, String topicArn, Map<String, String> attributes) {
        String account = Arn.parse(topicArn).orElseThrow().account();
        attributes.forEach((name, value) -> {
            boolean named = !value.isEmpty() && ROLES.stream().anyMatch(name::endsWith);
            if (named && !(value.contains(":" + account + ":") && trusts(tx, value, topicArn))) {
                throw Faults.invalid(name + " Reason: there is no role " + value + " in this account that lets "
                        + SERVICE + " assume it");
            }
        });
    }

    static boolean trusts(Tx tx, String role, String topicArn) {
        String account = Arn.parse(topicArn).orElseThrow().account();
        return RolePermissions.trusts(
                tx, role, SERVICE, Map.of("aws:SourceArn", topicArn, "aws:SourceAccount", account));
    }

    /** The kind of a protocol's endpoints, as the attributes begin; empty where AWS logs nothing (mail, SMS). */
    static Optional<String> kind(String protocol) {
        return switch (protocol) {
            case "http", "https" -> Optional.of("HTTP");
            case "sqs" -> Optional.of("SQS");
            default -> Optional.empty();
        };
    }

    /** By which role an outcome is logged; empty where the topic does not ask for it. */
    static Optional<String> role(Map<String, String> attributes, String kind, boolean success) {
        return Optional.ofNullable(attributes.get(kind + (success ? ROLES.getFirst() : ROLES.getLast())));
    }

    /** How many of a hundred successes are logged: all where nothing was said. */
    static int rate(Map<String, String> attributes, String kind) {
        return Integer.parseInt(attributes.getOrDefault(kind + "SuccessFeedbackSampleRate", String.valueOf(ALL)));
    }
}
