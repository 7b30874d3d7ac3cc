package belfry.access;

import belfry.access.authorize.ResourceFinder;
import belfry.base.Arn;
import belfry.gateway.Call;
import belfry.gateway.Guarded;
import belfry.gateway.Principal;
import belfry.store.Tx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Users, roles and policies as those who decide about access see them. */
public final class GuardedIam {
    private GuardedIam() {}

    /** By the kinds that the tables of actions write. */
    public static Map<String, ResourceFinder> finders() {
        return Map.of(
                "user", (tx, call, typed, members) -> user(tx, call, typed),
                "role", (tx, call, typed, members) -> named(tx, call, EntityKind.ROLE, typed.orElse("*")),
                "group", (tx, call, typed, members) -> named(tx, call, EntityKind.GROUP, typed.orElse("*")),
                "policy", (tx, call, typed, members) -> shown(typed.orElse("*"), "policy " + typed.orElse("*")),
                "key-user", (tx, call, typed, members) -> keyOwner(tx, call, typed.orElse("")),
                "role-arn", (tx, call, typed, members) -> role(tx, typed.orElse("*"), false),
                "role-to-assume", (tx, call, typed, members) -> role(tx, typed.orElse("*"), true));
    }

    /** The user of that name; whoever names none means itself. */
    private static Guarded user(Tx tx, Call call, Optional<String> typed) {
        if (typed.isEmpty() && call.principal() instanceof Principal.IamUser self) {
            return named(tx, call, EntityKind.USER, self.userName());
        }
        return named(tx, call, EntityKind.USER, typed.orElse("*"));
    }

    private static Guarded named(Tx tx, Call call, EntityKind kind, String name) {
        String words = kind.word() + " " + name;
        return EntityTable.find(tx, call.account(), kind, name)
                .map(entity -> new Guarded(entity.arn(), words, null, Guarded.Rule.BESIDE, facts(entity)))
                .orElseGet(() -> shown("arn:aws:iam::" + call.account() + ":" + kind.word() + "/" + name, words));
    }

    private static Guarded keyOwner(Tx tx, Call call, String keyId) {
        return AccessKeys.ownerName(tx, call.account(), keyId)
                .map(name -> named(tx, call, EntityKind.USER, name))
                .orElseGet(() -> named(tx, call, EntityKind.USER, "*"));
    }

    private static Guarded role(Tx tx, String arn, boolean toAssume) {
        Optional<Entity> role = byArn(tx, arn);
        @Nullable String trust = toAssume ? role.map(Entity::trust).orElse(null) : null;
        Guarded.Rule rule = toAssume ? Guarded.Rule.AUTHORITATIVE : Guarded.Rule.BESIDE;
        return new Guarded(arn, arn, trust, rule, role.map(GuardedIam::facts).orElse(Map.of()));
    }

    /** The role of this very ARN. */
    static Optional<Entity> byArn(Tx tx, String roleArn) {
        return Arn.parse(roleArn)
                .filter(arn -> arn.service().equals("iam") && arn.resource().startsWith("role/"))
                .flatMap(arn -> EntityTable.find(
                        tx,
                        arn.account(),
                        EntityKind.ROLE,
                        arn.resource().substring(arn.resource().lastIndexOf('/') + 1)))
                .filter(role -> role.arn().equals(roleArn));
    }

    private static Guarded shown(String arn, String words) {
        return new Guarded(arn, words, null, Guarded.Rule.BESIDE, Map.of());
    }

    private static Map<String, List<String>> facts(Entity entity) {
        Map<String, List<String>> facts = new HashMap<>();
        TagSet.read(entity.tags()).map().forEach((tag, value) -> {
            facts.put("aws:ResourceTag/" + tag, List.of(value));
            facts.put("iam:ResourceTag/" + tag, List.of(value));
        });
        if (entity.boundary() != null) {
            facts.put("iam:PermissionsBoundary", List.of(entity.boundary()));
        }
        return facts;
    }
}
