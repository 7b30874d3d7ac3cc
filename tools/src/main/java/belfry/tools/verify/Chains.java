package belfry.tools.verify;

import belfry.tools.verify.Fault.Kind;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks the digests of one trail in one region, from the newest to the oldest: each one's place and signature, and that
 * the one before it is the very one it names.
 */
final class Chains {
    private final Archive archive;
    private final Proof proof;
    private final Report report;
    private final @Nullable Instant from;

    /** @param from what ended before was not asked for and is not missed; null for all */
    Chains(Archive archive, Proof proof, Report report, @Nullable Instant from) {
        this.archive = archive;
        this.proof = proof;
        this.report = report;
        this.from = from;
    }

    /** Returns the digests that are proven, newest first. */
    List<Digest> check(String line, List<Digest> digests) throws IOException {
        Map<Location, Digest> found = new HashMap<>();
        digests.forEach(digest -> found.put(digest.where(), digest));
        Map<Location, String> named = new HashMap<>();
        Set<Location> sought = new HashSet<>();
        List<Digest> proven = new ArrayList<>();
        Deque<Digest> waiting = new ArrayDeque<>(digests.stream()
                .sorted(Comparator.comparing(Digest::end).reversed())
                .toList());
        while (!waiting.isEmpty()) {
            Digest digest = waiting.poll();
            boolean good = good(digest, named.get(digest.where()));
            report.digest(line, digest, good);
            if (!good) {
                continue;
            }
            proven.add(digest);
            Digest.Previous previous = digest.previous();
            if (previous == null) {
                noteGap(line, digest, waiting.peek());
                continue;
            }
            named.put(previous.where(), previous.signature());
            if (!found.containsKey(previous.where()) && sought.add(previous.where())) {
                Optional<Digest> elsewhere = fetch(digest, previous);
                elsewhere.ifPresent(it -> found.put(it.where(), it));
                elsewhere.ifPresent(waiting::addFirst);
            }
            Digest before = found.get(previous.where());
            if (before != null) {
                compare(previous, before);
            }
        }
        return proven;
    }

    private boolean good(Digest digest, @Nullable String namedSignature) {
        if (!digest.says().equals(digest.where())) {
            report.fault(Kind.DIGEST_MOVED, digest.where(), "it was delivered to " + digest.says());
            return false;
        }
        Optional<byte[]> key = proof.key(digest.fingerprint());
        if (key.isEmpty()) {
            report.fault(Kind.KEY_UNKNOWN, digest.where(), "no public key with fingerprint " + digest.fingerprint());
            return false;
        }
        String own = digest.signature();
        if (own == null && archive.hasMetadata()) {
            report.fault(Kind.DIGEST_UNSIGNED, digest.where(), "its metadata has no signature");
            return false;
        }
        String signature = own == null ? proof.signature(digest.where()).orElse(namedSignature) : own;
        if (signature == null) {
            report.unprovenDigest();
            report.note("the signature of " + digest.where() + " is not in the copy, nor in the digest after it");
            return false;
        }
        if (!Signatures.valid(key.get(), digest.signedText(), signature)) {
            report.fault(Kind.DIGEST_CHANGED, digest.where(), "its signature does not fit");
            return false;
        }
        return true;
    }

    /** A digest that is well signed may still not be the one that stood there. */
    private void compare(Digest.Previous previous, Digest before) {
        boolean same = previous.hash() == null || previous.hash().equals(before.hash());
        boolean signed = before.signature() == null || before.signature().equals(previous.signature());
        if (!same || !signed) {
            report.fault(Kind.DIGEST_REPLACED, before.where(), "it is not the one that the digest after it names");
        }
    }

    /** The digest before one lies where the listing did not look, or is gone. */
    private Optional<Digest> fetch(Digest digest, Digest.Previous previous) throws IOException {
        Location where = previous.where();
        boolean early = DigestName.parse(where.key())
                .filter(name -> from != null && name.end().isBefore(from))
                .isPresent();
        if (early) {
            return Optional.empty();
        }
        if (!archive.covers(where)) {
            report.note("the chain goes on elsewhere, which was not looked at: " + where);
            return Optional.empty();
        }
        try (Archive.Content content = archive.open(where).orElse(null)) {
            if (content == null) {
                report.fault(
                        Kind.DIGEST_MISSING,
                        where,
                        "the digest after it, " + digest.where().key() + ", names it");
                return Optional.empty();
            }
            return Optional.of(Digest.read(where, content.bytes().readAllBytes(), content.metadata()));
        } catch (Digest.Unreadable e) {
            // Reported where it was listed.
            return Optional.empty();
        }
    }

    private void noteGap(String line, Digest first, @Nullable Digest older) {
        if (older != null) {
            report.note(line + ": no digests between " + older.end() + " and " + first.start()
                    + ", when the trail or its validation was off");
        }
    }
}
