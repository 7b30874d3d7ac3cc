package belfry.logs;

import belfry.api.logs.InputLogEvent;
import belfry.api.logs.RejectedLogEventsInfo;
import belfry.logs.blocks.Block;
import belfry.logs.blocks.NewBlock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What AWS accepts of a batch of events. Events are in order of time, so those too old stand at its beginning, those too
 * new at its end.
 *
 * @param from the first event accepted
 * @param to behind the last one accepted
 * @param bytes of all events as AWS counts them
 * @param rejected null where all were accepted
 */
record EventBatch(int from, int to, int bytes, @Nullable RejectedLogEventsInfo rejected) {
    /** Bytes of a batch; each event counts 26 more than its message. The same holds for a single event. */
    static final int BYTES_MAX = 1_048_576;

    private static final Duration AGE_MAX = Duration.ofDays(14);
    private static final Duration AHEAD_MAX = Duration.ofHours(2);

    boolean isEmpty() {
        return from == to;
    }

    /**
     * Checks a batch.
     *
     * @param expiredBefore events before this time have outlived the group's retention; epoch milliseconds
     */
    static EventBatch check(List<InputLogEvent> events, Instant now, long expiredBefore) {
        int bytes = checkSize(events);
        checkTimes(events);
        int tooOld = firstAtOrAfter(events, now.minus(AGE_MAX).toEpochMilli());
        int expired = firstAtOrAfter(events, expiredBefore);
        int tooNew = firstAtOrAfter(events, now.plus(AHEAD_MAX).toEpochMilli() + 1);
        int from = Math.max(tooOld, expired);
        return new EventBatch(from, Math.max(from, tooNew), bytes, rejected(events.size(), tooOld, expired, tooNew));
    }

    private static @Nullable RejectedLogEventsInfo rejected(int count, int tooOld, int expired, int tooNew) {
        if (tooOld == 0 && expired == 0 && tooNew == count) {
            return null;
        }
        return new RejectedLogEventsInfo()
                .tooOldLogEventEndIndex(tooOld == 0 ? null : Integer.valueOf(tooOld))
                .expiredLogEventEndIndex(expired == 0 ? null : Integer.valueOf(expired))
                .tooNewLogEventStartIndex(tooNew == count ? null : Integer.valueOf(tooNew));
    }

    private static int checkSize(List<InputLogEvent> events) {
        long bytes = 0;
        for (InputLogEvent event : events) {
            long size = utf8Length(event.message()) + (long) Block.EVENT_OVERHEAD;
            if (size > BYTES_MAX) {
                throw LogErrors.invalid("Log event too large: " + size + " bytes exceeds limit of " + BYTES_MAX);
            }
            bytes += size;
        }
        if (bytes > BYTES_MAX) {
            throw LogErrors.invalid("Upload too large: " + bytes + " bytes exceeds limit of " + BYTES_MAX);
        }
        return (int) bytes;
    }

    private static void checkTimes(List<InputLogEvent> events) {
        long last = Long.MIN_VALUE;
        for (InputLogEvent event : events) {
            if (event.timestamp() < last) {
                throw LogErrors.invalid("Log events in a single PutLogEvents request must be in chronological order.");
            }
            last = event.timestamp();
        }
        if (last - events.getFirst().timestamp() > NewBlock.SPAN_MAX_MILLIS) {
            throw LogErrors.invalid(
                    "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
        }
    }

    private static int firstAtOrAfter(List<InputLogEvent> events, long time) {
        int low = 0;
        int high = events.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (events.get(middle).timestamp() < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Bytes in UTF-8, without encoding; a lone surrogate becomes one question mark. */
    static int utf8Length(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                bytes++;
            }
        }
        return bytes;
    }
}
