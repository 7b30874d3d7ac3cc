package belfry.access;

import belfry.api.iam.CreateGroupRequest;
import belfry.api.iam.CreateGroupResponse;
import belfry.api.iam.GetGroupRequest;
import belfry.api.iam.GetGroupResponse;
import belfry.api.iam.Group;
import belfry.api.iam.ListGroupsForUserRequest;
import belfry.api.iam.ListGroupsForUserResponse;
import belfry.api.iam.ListGroupsRequest;
import belfry.api.iam.ListGroupsResponse;
import belfry.api.iam.UpdateGroupRequest;
import belfry.base.Ids;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.NoOutput;
import java.util.List;

/** Groups of users: a group's policies are its users'. */
final class Groups {
    private final Ids ids;

    Groups(Ids ids) {
        this.ids = ids;
    }

    CreateGroupResponse create(Tx tx, CreateGroupRequest in, Call call) {
        Entity group = new Entity(
                call.account(),
                EntityKind.GROUP,
                in.groupName(),
                Entities.uniqueId(ids, EntityKind.GROUP),
                in.path() == null ? "/" : in.path(),
                call.now(),
                null,
                null,
                null,
                null,
                "{}");
        EntityTable.insert(tx, group);
        return new CreateGroupResponse().group(shown(group));
    }

    static GetGroupResponse get(Tx tx, GetGroupRequest in, Call call) {
        Entity group = IamPart.group(tx, in.groupName(), call);
        int limit = IamPage.limit(in.maxItems());
        IamPage<Entity> users =
                IamPage.of(GroupMembers.usersIn(tx, group, IamPage.after(in.marker()), limit + 1), limit, Entity::name);
        return new GetGroupResponse()
                .group(shown(group))
                .users(users.items().stream()
                        .map(user -> Users.shown(user).tags(null).permissionsBoundary(null))
                        .toList())
                .isTruncated(users.truncated())
                .marker(users.marker());
    }

    static ListGroupsResponse list(Tx tx, ListGroupsRequest in, Call call) {
        IamPage<Entity> page = Entities.page(tx, call, EntityKind.GROUP, in.pathPrefix(), in.marker(), in.maxItems());
        return new ListGroupsResponse()
                .groups(page.items().stream().map(Groups::shown).toList())
                .isTruncated(page.truncated())
                .marker(page.marker());
    }

    static ListGroupsForUserResponse ofUser(Tx tx, ListGroupsForUserRequest in, Call call) {
        Entity user = IamPart.user(tx, in.userName(), call);
        List<Group> groups =
                GroupMembers.groupsOf(tx, user).stream().map(Groups::shown).toList();
        return new ListGroupsForUserResponse().groups(groups).isTruncated(false);
    }

    static NoOutput update(Tx tx, UpdateGroupRequest in, Call call) {
        Entity group = IamPart.group(tx, in.groupName(), call);
        EntityNames.change(tx, group, in.newGroupName(), in.newPath());
        return NoOutput.INSTANCE;
    }

    static NoOutput delete(Tx tx, String name, Call call) {
        Entity group = IamPart.group(tx, name, call);
        if (!GroupMembers.usersIn(tx, group, "", 1).isEmpty()) {
            throw IamErrors.conflict("Cannot delete entity, must remove users from group first.");
        }
        Entities.delete(tx, group);
        return NoOutput.INSTANCE;
    }

    static NoOutput add(Tx tx, String group, String user, Call call) {
        GroupMembers.add(tx, IamPart.group(tx, group, call), IamPart.user(tx, user, call));
        return NoOutput.INSTANCE;
    }

    static NoOutput remove(Tx tx, String group, String user, Call call) {
        GroupMembers.remove(tx, IamPart.group(tx, group, call), IamPart.user(tx, user, call));
        return NoOutput.INSTANCE;
    }

    private static Group shown(Entity group) {
        return new Group()
                .path(group.path())
                .groupName(group.name())
                .groupId(group.uniqueId())
                .arn(group.arn())
                .createDate(group.createdAt());
    }
}
