package belfry.access.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** One statement of a policy; see {@link PolicyDocument}. */
public final class Statement {
    /** The condition keys that tell callers apart. */
    private static final Set<String> CALLER_KEYS = Set.of(
            "aws:principalarn",
            "aws:principalaccount",
            "aws:principalorgid",
            "aws:sourcearn",
            "aws:sourceaccount",
            "aws:sourceowner",
            "aws:sourceip",
            "aws:sourcevpc",
            "aws:sourcevpce",
            "aws:userid");

    private final String sid;
    private final Effect effect;
    private final Optional<PrincipalPattern> principal;
    private final boolean notPrincipal;
    private final List<String> actions;
    private final List<Glob> actionGlobs;
    private final boolean notAction;
    private final List<Template> resources;
    private final boolean notResource;
    private final List<Condition> conditions;

    Statement(StatementReader from) {
        this.sid = from.sid();
        this.effect = from.effect();
        this.principal = from.principal();
        this.notPrincipal = from.negated("Principal");
        this.actions = List.copyOf(from.actions());
        this.actionGlobs = actions.stream()
                .map(action -> Glob.of(action.toLowerCase(Locale.ROOT)))
                .toList();
        this.notAction = from.negated("Action");
        this.resources = List.copyOf(from.resources());
        this.notResource = from.negated("Resource");
        this.conditions = List.copyOf(from.conditions());
    }

    /** The statement's name, empty where it has none. */
    public String sid() {
        return sid;
    }

    public Effect effect() {
        return effect;
    }

    /** Whom it speaks of; empty in an identity's own policy, which speaks of that identity. */
    public Optional<PrincipalPattern> principal() {
        return principal;
    }

    /** Whether {@link #principal()} lists who is left out. */
    public boolean notPrincipal() {
        return notPrincipal;
    }

    /** Actions as written, wildcards included. */
    public List<String> actions() {
        return actions;
    }

    /** Whether {@link #actions()} lists what is left out. */
    public boolean notAction() {
        return notAction;
    }

    /** Resources as written, wildcards and variables included; empty where the policy's place leaves them out. */
    public List<String> resources() {
        return resources.stream().map(Template::text).toList();
    }

    /**
     * Whether the statement allows something to anyone at all: everyone is its principal, and no condition ties it to
     * fixed callers (one of {@link #CALLER_KEYS} compared with values free of wildcards). What S3 calls public.
     */
    public boolean opensToEveryone() {
        boolean everyone =
                notPrincipal || principal.map(PrincipalPattern::everyone).orElse(false);
        return effect == Effect.ALLOW && everyone && conditions.stream().noneMatch(Statement::tiesTheCaller);
    }

    private static boolean tiesTheCaller(Condition condition) {
        return switch (condition) {
            case Condition.Absent absent -> false;
            case Condition.Compare compare ->
                compare.positive()
                        && CALLER_KEYS.contains(compare.key().toLowerCase(Locale.ROOT))
                        && compare.wanted().stream().map(Template::text).noneMatch(Statement::leavesOpen);
        };
    }

    private static boolean leavesOpen(String value) {
        return value.contains("*") || value.contains("?") || value.contains("${") || value.endsWith("/0");
    }

    /** Whether the statement speaks of this request: principal, action, resource and every condition. */
    public boolean applies(PolicyRequest request) {
        return principal
                        .map(pattern -> pattern.matches(request.principal()) != notPrincipal)
                        .orElse(true)
                && matchesAction(request.lowerAction()) != notAction
                && (resources.isEmpty() || matchesResource(request) != notResource)
                && conditions.stream().allMatch(condition -> condition.holds(request));
    }

    /** How closely it names the principal; whom {@code NotPrincipal} does not leave out, it names by itself. */
    Reach reach(PolicyPrincipal caller) {
        if (principal.isEmpty() || notPrincipal) {
            return Reach.PRINCIPAL;
        }
        return principal.get().reach(caller);
    }

    /** The condition keys that the statement looks at, in resources' and conditions' variables too. */
    public List<String> conditionKeys() {
        List<String> keys = new ArrayList<>();
        for (Condition condition : conditions) {
            switch (condition) {
                case Condition.Absent absent -> keys.add(absent.key());
                case Condition.Compare compare -> {
                    keys.add(compare.key());
                    compare.wanted().forEach(template -> keys.addAll(template.keys()));
                }
            }
        }
        resources.forEach(template -> keys.addAll(template.keys()));
        return keys;
    }

    private boolean matchesAction(String lower) {
        return actionGlobs.stream().anyMatch(glob -> glob.matches(lower));
    }

    private boolean matchesResource(PolicyRequest request) {
        return resources.stream()
                .anyMatch(template -> template.glob(request)
                        .filter(glob -> glob.matches(request.resource()))
                        .isPresent());
    }
}
