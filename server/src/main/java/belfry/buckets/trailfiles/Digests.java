package belfry.buckets.trailfiles;

import belfry.base.Bell;
import belfry.base.Clock;
import belfry.base.Pump;
import belfry.buckets.trailfiles.WaitingFiles.Waiting;
import belfry.store.Store;
import belfry.store.Tx;
import belfry.trail.CloudTrail;
import belfry.trail.Signer;
import belfry.trail.SigningKeys;
import belfry.trail.Trail;
import belfry.trail.TrailStatus;
import belfry.trail.TrailStatus.Destination;
import belfry.trail.Trails;
import belfry.wire.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the digests of trails with log file validation: one an hour for the home region and for every region that the
 * trail has delivered from, full or empty, and a last one when the trail stops (semantics: cloudtrail.md §5.1;
 * docs/decisions/0411). A digest lists what was really delivered; it, the chain's place and the list of files still to
 * be listed change in one transaction. A bucket that refuses holds its chain up; it goes on in order afterwards.
 */
public final class Digests implements Pump {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration PAUSE_AFTER_REFUSAL = Duration.ofMinutes(5);

    private final Store store;
    private final Clock clock;
    private final SigningKeys keys;
    private final LogFileBucket bucket;
    private @Nullable Instant retry;

    public Digests(Store store, Clock clock, SigningKeys keys, LogFileBucket bucket) {
        this.store = store;
        this.clock = clock;
        this.keys = keys;
        this.bucket = bucket;
    }

    @Override
    public String name() {
        return "trail-digests";
    }

    @Override
    public Set<Bell> listensTo() {
        return Set.of(CloudTrail.CHANGED, TrailFiles.DELIVERED, Bell.RESET);
    }

    @Override
    public Optional<Instant> nextDue() {
        Stream<Instant> hours = store.read(DigestChain::running).stream()
                .map(chain -> chain.start().plus(HOUR));
        Instant again = retry;
        // What was refused is overdue and waits for the retry.
        return again == null
                ? hours.min(Instant::compareTo)
                : Stream.concat(hours.filter(end -> end.isAfter(clock.now())), Stream.of(again))
                        .min(Instant::compareTo);
    }

    @Override
    public boolean step() {
        Instant now = clock.now();
        retry = null;
        Map<Long, Trail> trails =
                store.read(Trails::delivering).stream().collect(Collectors.toMap(Trail::id, Function.identity()));
        trails.values().stream().filter(Digests::active).forEach(trail -> open(trail, now));
        boolean refused = false;
        for (DigestChain chain : store.read(DigestChain::running)) {
            Trail trail = trails.get(chain.trailId());
            if (trail == null) {
                store.change(tx -> forget(tx, chain));
            } else {
                refused |= !catchUp(trail, chain, now);
            }
        }
        retry = refused ? now.plus(PAUSE_AFTER_REFUSAL) : null;
        return false;
    }

    private static boolean active(Trail trail) {
        return trail.validation() && trail.logging() && trail.deletedAt() == null;
    }

    /** Begins the chains that the trail has not begun yet. */
    private void open(Trail trail, Instant now) {
        Instant start = now.truncatedTo(ChronoUnit.SECONDS);
        Set<String> missing = store.read(tx -> {
            Set<String> regions = new TreeSet<>(WaitingFiles.regions(tx, trail.id()));
            regions.add(trail.homeRegion());
            regions.removeAll(DigestChain.regions(tx, trail.id()));
            return regions;
        });
        if (!missing.isEmpty()) {
            store.change(tx -> missing.forEach(region -> DigestChain.open(tx, trail.id(), region, start)));
        }
    }

    private static void forget(Tx tx, DigestChain chain) {
        chain.forget(tx);
        WaitingFiles.forget(tx, chain.trailId());
    }

    /** Writes all digests that are due, in order; returns false where the bucket refused. */
    private boolean catchUp(Trail trail, DigestChain first, Instant now) {
        Optional<DigestChain> chain = Optional.of(first);
        while (chain.isPresent() && !chain.get().start().plus(HOUR).isAfter(now)) {
            if (!write(trail, chain.get(), chain.get().start().plus(HOUR), false)) {
                return false;
            }
            DigestChain written = chain.get();
            chain = store.read(tx -> DigestChain.find(tx, written));
        }
        if (chain.isEmpty() || active(trail)) {
            return true;
        }
        // The last one waits for the files that a stopped trail still has to deliver.
        if (trail.validation() && store.read(tx -> LogFileDraft.read(tx, trail)).waits()) {
            return true;
        }
        Instant soon = now.plusMillis(999).truncatedTo(ChronoUnit.SECONDS);
        Instant end =
                soon.isAfter(chain.get().start()) ? soon : chain.get().start().plusSeconds(1);
        return write(trail, chain.get(), end, true);
    }

    private boolean write(Trail trail, DigestChain chain, Instant end, boolean last) {
        // A last digest takes everything; the second it ends in may not be over.
        Instant before = last ? Instant.ofEpochMilli(Long.MAX_VALUE) : end;
        List<Waiting> files = store.read(tx -> WaitingFiles.before(tx, trail.id(), chain.region(), before));
        DigestFile digest;
        try (Signer signer = keys.signer(store, chain.region(), chain.start(), end)) {
            digest = DigestFile.of(trail, chain, end, files, signer);
        }
        Instant now = clock.now();
        return store.write(tx -> {
            Optional<String> refusal = put(tx, trail, digest);
            if (refusal.isPresent()) {
                TrailStatus.failed(tx, trail, Destination.DIGEST, now, refusal.get());
                return false;
            }
            WaitingFiles.remove(tx, files);
            chain.append(tx, end, digest.link());
            if (last) {
                chain.end(tx);
            }
            TrailStatus.delivered(tx, trail, Destination.DIGEST, now);
            return true;
        });
    }

    private Optional<String> put(Tx tx, Trail trail, DigestFile digest) {
        try {
            return tx.attempt(inner -> {
                bucket.put(inner, trail, digest.link().key(), digest.gzip(), digest.metadata());
                return Optional.empty();
            });
        } catch (ServiceException e) {
            return Optional.of(e.code());
        }
    }
}
