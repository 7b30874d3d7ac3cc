package belfry.tools.verify;

import belfry.base.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** Which files digests list, in eight bytes each: to find those that none lists. */
final class Listed {
    private final Set<Long> names = new HashSet<>();

    synchronized void expect(Location where) {
        names.add(name(where));
    }

    synchronized boolean contains(Location where) {
        return names.contains(name(where));
    }

    private static Long name(Location where) {
        byte[] hash = Sha256.digest().digest(where.toString().getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(hash).getLong();
    }
}
