package belfry.buckets.trailfiles;

import belfry.base.Bell;
import belfry.base.Clock;
import belfry.base.Ids;
import belfry.base.Json;
import belfry.base.Pump;
import belfry.store.Cursors;
import belfry.store.Store;
import belfry.store.Tx;
import belfry.trail.CloudTrail;
import belfry.trail.Trail;
import belfry.trail.TrailRecorder;
import belfry.trail.TrailStatus;
import belfry.trail.TrailStatus.Destination;
import belfry.trail.Trails;
import belfry.wire.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes what trails have selected into their buckets: at the end of every five minutes, and at once when a trail stops.
 * Cursor and files are one transaction. A bucket that refuses keeps its records waiting; they are tried again with the
 * next files (semantics: cloudtrail.md §3).
 */
public final class TrailFiles {
    /** AWS's. */
    public static final Duration INTERVAL = Duration.ofMinutes(5);

    /** Rung when files of a trail with validation were delivered: what digests wait for. */
    static final Bell DELIVERED = new Bell("trailfiles.delivered");

    private final Store store;
    private final Clock clock;
    private final Ids ids;
    private final LogFileBucket bucket;
    private final LogFileNotice notice;
    private final Duration interval;

    /** @param interval how often files are written; AWS: five minutes */
    public TrailFiles(
            Store store, Clock clock, Ids ids, LogFileBucket bucket, LogFileNotice notice, Duration interval) {
        this.store = store;
        this.clock = clock;
        this.ids = ids;
        this.bucket = bucket;
        this.notice = notice;
        this.interval = interval;
    }

    /** The two pumps: one wakes by the clock, one when a trail stops. */
    public List<Pump> pumps() {
        return List.of(new EverySlot(), new AtStop());
    }

    /** Delivers all that waits for the trail; returns false where the bucket refused. */
    private boolean deliver(Trail trail) {
        LogFileDraft draft;
        boolean accepted = true;
        do {
            draft = store.read(tx -> LogFileDraft.read(tx, trail));
            if (draft.to() > draft.from()) {
                accepted = write(draft);
            }
        } while (accepted && draft.more());
        return accepted;
    }

    private boolean write(LogFileDraft draft) {
        Instant now = clock.now();
        List<LogFileDraft.LogFile> files = draft.files(slot(now), ids);
        return store.write(tx -> {
            String cursor = LogFileDraft.cursor(draft.trail());
            if (Cursors.position(tx, cursor) > draft.from()) {
                // The other pump was faster.
                return true;
            }
            Optional<String> refusal = put(tx, draft.trail(), files);
            if (refusal.isPresent()) {
                TrailStatus.failed(tx, draft.trail(), Destination.BUCKET, now, refusal.get());
                return false;
            }
            Cursors.advance(tx, cursor, draft.to());
            if (draft.trail().validation()) {
                files.forEach(file -> WaitingFiles.add(tx, draft.trail(), file, now));
                tx.ring(DELIVERED);
            }
            if (!files.isEmpty()) {
                TrailStatus.delivered(tx, draft.trail(), Destination.BUCKET, now);
                tell(tx, draft.trail(), files, now);
            }
            return true;
        });
    }

    private Optional<String> put(Tx tx, Trail trail, List<LogFileDraft.LogFile> files) {
        try {
            return tx.attempt(inner -> {
                files.forEach(file -> bucket.put(inner, trail, file.key(), file.gzip(), Map.of()));
                return Optional.empty();
            });
        } catch (ServiceException e) {
            return Optional.of(e.code());
        }
    }

    /** A topic that refuses does not hold up the files. */
    private void tell(Tx tx, Trail trail, List<LogFileDraft.LogFile> files, Instant now) {
        if (trail.topic() == null) {
            return;
        }
        var message = Json.object().put("s3Bucket", trail.bucket());
        var keys = message.putArray("s3ObjectKey");
        files.forEach(file -> keys.add(file.key()));
        try {
            var unused = tx.attempt(inner -> {
                notice.publish(inner, trail, Json.write(message));
                return true;
            });
            TrailStatus.delivered(tx, trail, Destination.TOPIC, now);
        } catch (ServiceException e) {
            TrailStatus.failed(tx, trail, Destination.TOPIC, now, e.code());
        }
    }

    /** The start of the slot that {@code at} lies in. */
    private Instant slot(Instant at) {
        long millis = interval.toMillis();
        return Instant.ofEpochMilli(at.toEpochMilli() / millis * millis);
    }

    private List<Trail> trails() {
        return store.read(Trails::delivering);
    }

    /** Writes at the end of each slot in which there was a record; idle otherwise. */
    private final class EverySlot implements Pump {
        private volatile @Nullable Instant due;
        private boolean started;

        @Override
        public String name() {
            return "trail-files";
        }

        @Override
        public Set<Bell> listensTo() {
            return Set.of(TrailRecorder.RECORDED, Bell.RESET);
        }

        @Override
        public Optional<Instant> nextDue() {
            return Optional.ofNullable(due);
        }

        @Override
        public boolean step() {
            Instant now = clock.now();
            Instant at = due;
            if (at == null || !started) {
                // The first record of a slot, or a start: whatever a crash left behind goes with the next files.
                started = true;
                due = slot(now).plus(interval);
            } else if (!now.isBefore(at)) {
                due = null;
                boolean refused = false;
                for (Trail trail : trails()) {
                    refused |= !deliver(trail);
                }
                due = refused ? slot(now).plus(interval) : due;
            }
            return false;
        }
    }

    /** Writes at once what trails have that no longer log. */
    private final class AtStop implements Pump {
        @Override
        public String name() {
            return "trail-files-stop";
        }

        @Override
        public Set<Bell> listensTo() {
            return Set.of(CloudTrail.STOPPED);
        }

        @Override
        public boolean step() {
            for (Trail trail : trails()) {
                if (!trail.logging()) {
                    deliver(trail);
                }
            }
            return false;
        }
    }
}
