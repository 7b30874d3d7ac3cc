package belfry.access.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.access.policy.PolicyDocument;
import belfry.access.policy.PolicyPrincipal;
import belfry.access.policy.PolicyRequest;
import belfry.gateway.Guarded;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The evaluation against a slow reading of AWS's flow chart (eventbridge-iam.md §6.1). */
class EvaluationTest {
    private static final String ACCOUNT = "111122223333";
    private static final String USER = "arn:aws:iam::" + ACCOUNT + ":user/u";
    private static final String ROLE = "arn:aws:iam::" + ACCOUNT + ":role/r";
    private static final String SESSION = "arn:aws:sts::" + ACCOUNT + ":assumed-role/r/s";

    /** @param who whom it speaks of; ignored in policies that are not a resource's */
    record Line(boolean allow, String action, String resource, String who) {
        String json(boolean principal) {
            return "{\"Effect\":\"" + (allow ? "Allow" : "Deny") + "\",\"Action\":\"" + action + "\",\"Resource\":\""
                    + resource + "\"" + (principal ? ",\"Principal\":{\"AWS\":\"" + who + "\"}" : "") + "}";
        }

        boolean speaksOf(Case asked, boolean principal) {
            return same(action.toLowerCase(Locale.ROOT), asked.action())
                    && same(resource, asked.resource())
                    && (!principal || closeness(asked) > 0);
        }

        /** 0 not at all, 1 by the account, 2 by the role, 3 by itself. */
        int closeness(Case asked) {
            if (who.equals("*") || who.equals(asked.caller())) {
                return 3;
            }
            if (who.equals(ROLE) && asked.session()) {
                return 2;
            }
            return who.equals(ACCOUNT) || who.equals("arn:aws:iam::" + ACCOUNT + ":root") ? 1 : 0;
        }

        private static boolean same(String pattern, String text) {
            if (pattern.isEmpty()) {
                return text.isEmpty();
            }
            if (pattern.charAt(0) == '*') {
                return same(pattern.substring(1), text) || (!text.isEmpty() && same(pattern, text.substring(1)));
            }
            return !text.isEmpty()
                    && (pattern.charAt(0) == '?' || pattern.charAt(0) == text.charAt(0))
                    && same(pattern.substring(1), text.substring(1));
        }
    }

    record Case(
            boolean session,
            boolean authoritative,
            String action,
            String resource,
            List<List<Line>> identity,
            List<List<Line>> boundary,
            List<List<Line>> narrowing,
            List<List<Line>> own) {
        String caller() {
            return session ? SESSION : USER;
        }
    }

    @Property(tries = 2_000)
    void agreesWithTheFlowChart(@ForAll("cases") Case asked) {
        CallerPolicies caller = new CallerPolicies(
                documents(asked.identity(), false),
                documents(asked.boundary(), false).stream().findFirst(),
                documents(asked.narrowing(), false),
                Map.of());
        PolicyRequest request = PolicyRequest.of(
                new PolicyPrincipal.Identity(ACCOUNT, asked.caller(), asked.session() ? ROLE : null),
                asked.action(),
                asked.resource(),
                Map.of());
        Verdict verdict = Evaluation.of(
                caller,
                documents(asked.own(), true).stream().findFirst(),
                asked.authoritative() ? Guarded.Rule.AUTHORITATIVE : Guarded.Rule.BESIDE,
                request);
        assertThat(words(verdict)).isEqualTo(slowly(asked));
    }

    private static String words(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Allowed allowed -> "allowed";
            case Verdict.Denied denied -> denied.reason("x");
        };
    }

    private static String slowly(Case asked) {
        if (any(asked.identity(), asked, false, false)) {
            return "with an explicit deny in an identity-based policy";
        }
        if (any(asked.own(), asked, false, true)) {
            return "with an explicit deny in a resource-based policy";
        }
        if (any(asked.boundary(), asked, false, false)) {
            return "with an explicit deny in a permissions boundary";
        }
        if (any(asked.narrowing(), asked, false, false)) {
            return "with an explicit deny in a session policy";
        }
        int closest = asked.own().stream()
                .flatMap(List::stream)
                .filter(line -> line.allow() && line.speaksOf(asked, true))
                .mapToInt(line -> line.closeness(asked))
                .max()
                .orElse(0);
        if (closest == 3) {
            return "allowed";
        }
        if (asked.authoritative() && !asked.own().isEmpty() && closest == 0) {
            return "because no resource-based policy allows the x action";
        }
        if (closest < 2 && !any(asked.identity(), asked, true, false)) {
            return "because no identity-based policy allows the x action";
        }
        if (!asked.boundary().isEmpty() && !any(asked.boundary(), asked, true, false)) {
            return "because no permissions boundary allows the x action";
        }
        if (!asked.narrowing().isEmpty() && !any(asked.narrowing(), asked, true, false)) {
            return "because no session policy allows the x action";
        }
        return "allowed";
    }

    private static boolean any(List<List<Line>> policies, Case asked, boolean allow, boolean principal) {
        return policies.stream()
                .flatMap(List::stream)
                .anyMatch(line -> line.allow() == allow && line.speaksOf(asked, principal));
    }

    private static List<PolicyDocument> documents(List<List<Line>> policies, boolean principal) {
        return policies.stream()
                .map(lines -> lines.stream().map(line -> line.json(principal)).collect(Collectors.joining(",")))
                .map(lines -> PolicyDocument.parse("{\"Version\":\"2012-10-17\",\"Statement\":[" + lines + "]}"))
                .toList();
    }

    @Provide
    Arbitrary<Case> cases() {
        Arbitrary<Line> line = Combinators.combine(
                        Arbitraries.of(true, true, true, false),
                        Arbitraries.of("s3:Get", "s3:G*", "s3:*", "*", "s3:?et", "s3:Put"),
                        Arbitraries.of("*", "arn:a", "arn:?", "arn:b", "a*a", "*:*b*"),
                        Arbitraries.of("*", ACCOUNT, "arn:aws:iam::" + ACCOUNT + ":root", USER, ROLE, SESSION))
                .as(Line::new);
        Arbitrary<List<Line>> policy = line.list().ofMinSize(1).ofMaxSize(3);
        Arbitrary<List<List<Line>>> one = policy.list().ofMaxSize(1);
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of("s3:get", "s3:put"),
                        Arbitraries.of("arn:a", "arn:b"),
                        policy.list().ofMaxSize(2),
                        one,
                        one,
                        one)
                .as(Case::new);
    }

    @Property
    void theRootIsBoundByDenialsOnly(@ForAll("cases") Case asked) {
        Optional<PolicyDocument> own = documents(asked.own(), true).stream().findFirst();
        PolicyRequest request = PolicyRequest.of(
                new PolicyPrincipal.Identity(ACCOUNT, "arn:aws:iam::" + ACCOUNT + ":root"),
                asked.action(),
                asked.resource(),
                Map.of());
        boolean denied = Stream.of(asked.own())
                .flatMap(List::stream)
                .flatMap(List::stream)
                .anyMatch(line -> !line.allow()
                        && List.of("*", ACCOUNT, "arn:aws:iam::" + ACCOUNT + ":root")
                                .contains(line.who())
                        && line.speaksOf(asked, false));
        Verdict verdict = Evaluation.ofRoot(own, Guarded.Rule.BESIDE, request);
        assertThat(words(verdict)).isEqualTo(denied ? "with an explicit deny in a resource-based policy" : "allowed");
    }
}
