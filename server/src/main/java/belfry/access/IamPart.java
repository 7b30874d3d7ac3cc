package belfry.access;

import belfry.api.iam.IamApi;
import belfry.base.Ids;
import belfry.gateway.Call;
import belfry.store.Store;
import belfry.store.Tx;
import belfry.wire.Struct;

/** What the parts of IAM's API share. Each operation stands in its part in a line or two; what it names does the work. */
interface IamPart extends IamApi<Call> {
    Ids ids();

    /** Writes what may change who may do what. */
    default <R extends Struct> R change(Call call, Store.Work<R> work) {
        return call.write(tx -> {
            AccessVersion.change(tx, call.account(), ids());
            return work.run(tx);
        });
    }

    static Entity role(Tx tx, String name, Call call) {
        return EntityTable.require(tx, call.account(), EntityKind.ROLE, name);
    }

    static Entity user(Tx tx, String name, Call call) {
        return EntityTable.require(tx, call.account(), EntityKind.USER, name);
    }

    static Entity group(Tx tx, String name, Call call) {
        return EntityTable.require(tx, call.account(), EntityKind.GROUP, name);
    }
}
