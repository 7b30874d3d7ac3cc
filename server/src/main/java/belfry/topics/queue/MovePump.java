package belfry.topics.queue;

import belfry.base.Bell;
import belfry.base.Clock;
import belfry.base.Pump;
import belfry.store.Store;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Moves messages for redrives. A batch and the progress that it is are one transaction, so whatever crashes, no message is
 * lost or doubled. With a rate, so many move at once each second.
 */
final class MovePump implements Pump {
    static final Bell STARTED = new Bell("queues.moves");

    private static final int BATCH = 100;
    private static final int TASKS_AT_ONCE = 10;
    private static final Duration LONGEST = Duration.ofHours(36);

    private final Store store;
    private final Clock clock;
    private final Messages messages;

    MovePump(Store store, Clock clock, Messages messages) {
        this.store = store;
        this.clock = clock;
        this.messages = messages;
    }

    @Override
    public String name() {
        return "queues.moves";
    }

    @Override
    public Set<Bell> listensTo() {
        return Set.of(STARTED, Bell.RESET);
    }

    @Override
    public boolean step() {
        Instant now = clock.now();
        if (!due(now)) {
            return false;
        }
        return store.write(tx -> {
            List<Move> due = Move.due(tx, now, TASKS_AT_ONCE);
            due.forEach(move -> advance(tx, move, now));
            return !due.isEmpty();
        });
    }

    private void advance(Tx tx, Move move, Instant now) {
        if (!now.isBefore(move.startedAt().plus(LONGEST))) {
            move.end(tx, 0, Move.Status.FAILED, "The task ran for 36 hours, which is the longest that one may run.");
            return;
        }
        Long rate = move.perSecond();
        int batch = rate == null ? BATCH : rate.intValue();
        List<StoredMessage> next = MessageRows.visible(tx, Queue.get(tx, move.sourceArn()), batch, move.upTo(), now);
        long moved = 0;
        for (StoredMessage message : next) {
            Optional<String> refusal = moveOne(tx, move, message, now);
            if (refusal.isPresent()) {
                move.end(tx, moved, Move.Status.FAILED, refusal.get());
                return;
            }
            moved++;
        }
        if (moved < batch) {
            move.end(tx, moved, Move.Status.COMPLETED, null);
        } else {
            move.progress(tx, moved, rate == null ? now : now.plusSeconds(1));
        }
    }

    /** Says why not, where it cannot be moved. */
    private Optional<String> moveOne(Tx tx, Move move, StoredMessage message, Instant now) {
        String to = move.destinationArn() == null ? message.deadLetterFrom() : move.destinationArn();
        if (to == null) {
            return Optional.of("CouldNotDetermineMessageSource");
        }
        Optional<Queue> queue = Queue.find(tx, to);
        if (queue.isEmpty()) {
            return Optional.of("AWS.SimpleQueueService.NonExistentQueue");
        }
        try {
            messages.move(tx, message, queue.get(), new Sender.Redrive(move.id()), now);
            return Optional.empty();
        } catch (ServiceException e) {
            return Optional.of(KmsFaults.asReason(e));
        }
    }

    @Override
    public Optional<Instant> nextDue() {
        return store.read(Move::nextDue);
    }
}
