package belfry.access;

import belfry.access.policy.PolicyDocument;
import belfry.store.Tx;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A policy and how a simulation's answer names it.
 *
 * @param id {@code user_alice_POLICY}, a managed policy's name, or {@code PolicyInputList.1}
 */
record SourcePolicy(String id, PolicyDocument document) {
    /** Those of a user, group or role, a user's groups' among them. */
    static List<SourcePolicy> of(Tx tx, Entity entity) {
        List<SourcePolicy> all = new ArrayList<>();
        addOwn(tx, entity, all);
        if (entity.kind() == EntityKind.USER) {
            GroupMembers.groupsOf(tx, entity).forEach(group -> addOwn(tx, group, all));
        }
        return all;
    }

    /** Those that a request brings along. */
    static List<SourcePolicy> given(@Nullable List<String> texts) {
        List<SourcePolicy> all = new ArrayList<>();
        if (texts != null) {
            texts.forEach(
                    text -> all.add(new SourcePolicy("PolicyInputList." + (all.size() + 1), Simulation.parse(text))));
        }
        return all;
    }

    private static void addOwn(Tx tx, Entity entity, List<SourcePolicy> all) {
        InlinePolicies.names(tx, entity, "", Integer.MAX_VALUE)
                .forEach(name -> all.add(new SourcePolicy(
                        entity.kind().word() + "_" + entity.name() + "_" + name,
                        Simulation.parse(InlinePolicies.get(tx, entity, name).document()))));
        Attachments.of(tx, entity)
                .forEach(policy -> all.add(new SourcePolicy(
                        policy.name(), Simulation.parse(ManagedTable.document(tx, entity.account(), policy.arn())))));
    }
}
