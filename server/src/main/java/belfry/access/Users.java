package belfry.access;

import belfry.api.iam.AccessKey;
import belfry.api.iam.AccessKeyLastUsed;
import belfry.api.iam.AccessKeyMetadata;
import belfry.api.iam.CreateAccessKeyRequest;
import belfry.api.iam.CreateAccessKeyResponse;
import belfry.api.iam.CreateUserRequest;
import belfry.api.iam.CreateUserResponse;
import belfry.api.iam.DeleteAccessKeyRequest;
import belfry.api.iam.GetAccessKeyLastUsedResponse;
import belfry.api.iam.GetUserRequest;
import belfry.api.iam.GetUserResponse;
import belfry.api.iam.ListAccessKeysRequest;
import belfry.api.iam.ListAccessKeysResponse;
import belfry.api.iam.ListUsersRequest;
import belfry.api.iam.ListUsersResponse;
import belfry.api.iam.Tag;
import belfry.api.iam.UpdateAccessKeyRequest;
import belfry.api.iam.UpdateUserRequest;
import belfry.api.iam.User;
import belfry.base.Ids;
import belfry.gateway.Call;
import belfry.gateway.Principal;
import belfry.store.Tx;
import belfry.wire.NoOutput;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Users and their access keys. */
final class Users {
    private static final int KEYS_MAX = 2;

    private final AccessKeys keys;
    private final Ids ids;

    Users(AccessKeys keys, Ids ids) {
        this.keys = keys;
        this.ids = ids;
    }

    CreateUserResponse create(Tx tx, CreateUserRequest in, Call call) {
        Entity user = new Entity(
                call.account(),
                EntityKind.USER,
                in.userName(),
                Entities.uniqueId(ids, EntityKind.USER),
                in.path() == null ? "/" : in.path(),
                call.now(),
                null,
                null,
                null,
                Entities.boundary(tx, call, in.permissionsBoundary()),
                TagSet.of(in.tags(), EntityKind.USER.title()).json());
        EntityTable.insert(tx, user);
        return new CreateUserResponse().user(shown(user));
    }

    static GetUserResponse get(Tx tx, GetUserRequest in, Call call) {
        if (in.userName() == null && call.principal() instanceof Principal.Root root) {
            return new GetUserResponse()
                    .user(new User()
                            .userId(root.account())
                            .arn(root.arn())
                            .userName("root")
                            .path("/"));
        }
        return new GetUserResponse().user(shown(named(tx, in.userName(), call)));
    }

    static ListUsersResponse list(Tx tx, ListUsersRequest in, Call call) {
        IamPage<Entity> page = Entities.page(tx, call, EntityKind.USER, in.pathPrefix(), in.marker(), in.maxItems());
        return new ListUsersResponse()
                .users(page.items().stream().map(user -> shown(user).tags(null)).toList())
                .isTruncated(page.truncated())
                .marker(page.marker());
    }

    static NoOutput delete(Tx tx, String userName, Call call) {
        Entity user = EntityTable.require(tx, call.account(), EntityKind.USER, userName);
        if (!AccessKeys.list(tx, call.account(), user.name()).isEmpty()) {
            throw IamErrors.conflict("Cannot delete entity, must delete access keys first.");
        }
        if (!GroupMembers.groupsOf(tx, user).isEmpty()) {
            throw IamErrors.conflict("Cannot delete entity, must remove users from group first.");
        }
        Entities.delete(tx, user);
        return NoOutput.INSTANCE;
    }

    static NoOutput update(Tx tx, UpdateUserRequest in, Call call) {
        EntityNames.change(tx, IamPart.user(tx, in.userName(), call), in.newUserName(), in.newPath());
        return NoOutput.INSTANCE;
    }

    /** A key never used has no date, and N/A for the rest. */
    static GetAccessKeyLastUsedResponse keyLastUsed(Tx tx, String keyId, Call call) {
        String owner = AccessKeys.account(tx, keyId)
                .filter(call.account()::equals)
                .map(account -> AccessKeys.ownerName(tx, account, keyId).orElse("root"))
                .orElseThrow(() -> IamErrors.noKey(keyId));
        AccessKeyLastUsed used = AccessKeys.lastUse(tx, keyId)
                .map(use -> new AccessKeyLastUsed()
                        .lastUsedDate(use.at().truncatedTo(ChronoUnit.MINUTES))
                        .serviceName(use.service())
                        .region(use.region()))
                .orElseGet(() -> new AccessKeyLastUsed().serviceName("N/A").region("N/A"));
        return new GetAccessKeyLastUsedResponse().userName(owner).accessKeyLastUsed(used);
    }

    CreateAccessKeyResponse createKey(Tx tx, CreateAccessKeyRequest in, Call call) {
        String owner = keyOwner(tx, in.userName(), call);
        if (AccessKeys.list(tx, call.account(), owner).size() >= KEYS_MAX) {
            throw IamErrors.limit("AccessKeysPerUser", KEYS_MAX);
        }
        AccessKeys.Made made = keys.make(tx, call.account(), owner, call.now());
        return new CreateAccessKeyResponse()
                .accessKey(new AccessKey()
                        .userName(owner == null ? "root" : owner)
                        .accessKeyId(made.keyId())
                        .secretAccessKey(made.secret())
                        .status("Active")
                        .createDate(made.createdAt()));
    }

    static ListAccessKeysResponse listKeys(Tx tx, ListAccessKeysRequest in, Call call) {
        String owner = keyOwner(tx, in.userName(), call);
        List<AccessKeyMetadata> shown = AccessKeys.list(tx, call.account(), owner).stream()
                .map(key -> new AccessKeyMetadata()
                        .userName(owner == null ? "root" : owner)
                        .accessKeyId(key.keyId())
                        .status(key.active() ? "Active" : "Inactive")
                        .createDate(key.createdAt()))
                .toList();
        return new ListAccessKeysResponse().accessKeyMetadata(shown).isTruncated(false);
    }

    static NoOutput updateKey(Tx tx, UpdateAccessKeyRequest in, Call call) {
        String owner = keyOwner(tx, in.userName(), call);
        if (!in.status().equals("Active") && !in.status().equals("Inactive")) {
            throw IamErrors.invalid("An access key is made Active or Inactive, not " + in.status() + ".");
        }
        AccessKeys.setActive(
                tx, call.account(), owner, in.accessKeyId(), in.status().equals("Active"));
        return NoOutput.INSTANCE;
    }

    static NoOutput deleteKey(Tx tx, DeleteAccessKeyRequest in, Call call) {
        AccessKeys.delete(tx, call.account(), keyOwner(tx, in.userName(), call), in.accessKeyId());
        return NoOutput.INSTANCE;
    }

    /** The user of that name, or the caller where none is given. */
    static Entity named(Tx tx, @Nullable String userName, Call call) {
        String name = userName;
        if (name == null && call.principal() instanceof Principal.IamUser user) {
            name = user.userName();
        }
        if (name == null) {
            throw IamErrors.validation("Must specify userName when calling with non-User credentials");
        }
        return EntityTable.require(tx, call.account(), EntityKind.USER, name);
    }

    /** Null for the root's own keys. */
    private static @Nullable String keyOwner(Tx tx, @Nullable String userName, Call call) {
        boolean own = userName == null && call.principal() instanceof Principal.Root;
        return own ? null : named(tx, userName, call).name();
    }

    static User shown(Entity user) {
        List<Tag> tags = TagSet.read(user.tags()).shown();
        return new User()
                .path(user.path())
                .userName(user.name())
                .userId(user.uniqueId())
                .arn(user.arn())
                .createDate(user.createdAt())
                .permissionsBoundary(Entities.shownBoundary(user))
                .tags(tags.isEmpty() ? null : tags);
    }
}
