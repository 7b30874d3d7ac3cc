package belfry.buckets;

/** How chunks are encrypted at rest. Every blob has a data key of its own, which is kept sealed beside it. */
interface ContentSeal {
    /** A new data key, sealed, as the blob's row keeps it. */
    byte[] newKey(String blob);

    /** A data key from elsewhere, sealed like {@link #newKey}'s. */
    byte[] wrap(String blob, byte[] dataKey);

    /** Seals one chunk; blob and number are bound to it, so that chunks cannot change places. */
    byte[] seal(byte[] key, String blob, long number, byte[] chunk);

    /**
     * Opens what {@link #seal} made.
     *
     * @throws IllegalStateException if a bit of it was changed
     */
    byte[] open(byte[] key, String blob, long number, byte[] sealed);
}
