package belfry.access;

import belfry.base.Ids;

/**
 * IAM (semantics: eventbridge-iam.md §6, §8), in parts: users, their keys, groups, roles, managed policies, questions about
 * policies, and what does not exist here.
 */
public final class Iam
        implements UserOperations,
                AccessKeyOperations,
                GroupOperations,
                RoleOperations,
                PolicyOperations,
                AccountOperations,
                AbsentOperations {
    private final Ids ids;
    private final Users users;
    private final Roles roles;
    private final Groups groups;
    private final Managed managed;
    private final Simulation simulation;

    /** @param ids needs a secure source of randomness */
    public Iam(AccessKeys keys, Simulation simulation, Ids ids) {
        this.ids = ids;
        this.users = new Users(keys, ids);
        this.roles = new Roles(ids);
        this.groups = new Groups(ids);
        this.managed = new Managed(ids);
        this.simulation = simulation;
    }

    @Override
    public Ids ids() {
        return ids;
    }

    @Override
    public Users users() {
        return users;
    }

    @Override
    public Roles roles() {
        return roles;
    }

    @Override
    public Groups groups() {
        return groups;
    }

    @Override
    public Managed managed() {
        return managed;
    }

    @Override
    public Simulation simulation() {
        return simulation;
    }
}
