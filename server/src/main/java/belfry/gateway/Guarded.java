package belfry.gateway;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A resource as those who decide about access see it.
 *
 * @param arn what policies name; where no such resource exists, the ARN that it would have
 * @param shown how a refusal names it; null where it names none
 * @param policy the resource's own policy; null where it has none
 * @param rule how that policy counts
 * @param facts condition keys that the resource brings along, such as {@code aws:ResourceTag/team}
 */
public record Guarded(
        String arn, @Nullable String shown, @Nullable String policy, Rule rule, Map<String, List<String>> facts) {
    /** How a resource's policy counts beside the policies of whoever asks (semantics: eventbridge-iam.md §6.1). */
    public enum Rule {
        /** Either may allow. */
        BESIDE,
        /** It must allow, be it by letting the account decide: KMS keys and roles. */
        AUTHORITATIVE
    }

    public Guarded {
        Objects.requireNonNull(arn);
        facts = Map.copyOf(facts);
    }

    /** A resource without a policy, shown by its ARN. */
    public static Guarded of(String arn) {
        return new Guarded(arn, arn, null, Rule.BESIDE, Map.of());
    }

    /** What actions that are about nothing in particular are asked about. */
    public static Guarded nothing() {
        return new Guarded("*", null, null, Rule.BESIDE, Map.of());
    }
}
