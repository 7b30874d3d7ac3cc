package belfry.logs.blocks;

import belfry.store.Tx;

/**
 * Seals the blocks of groups that have a key. Lent to all transactions of the store, for blocks are read and written by
 * code that is given nothing but a transaction.
 */
public interface BlockSeals {
    /** The key id of blocks that are not sealed. */
    long NONE = 0;

    /** The key for what the group takes in now. */
    long current(Tx tx, long groupId);

    /**
     * Seals a packed block of the group.
     *
     * @throws belfry.wire.ServiceException where the key cannot be used
     */
    byte[] seal(Tx tx, long groupId, long keyId, byte[] packed);

    /**
     * Opens what {@link #seal} made.
     *
     * @throws belfry.wire.ServiceException where the key cannot be used
     */
    byte[] open(Tx tx, long groupId, long keyId, byte[] sealed);
}
