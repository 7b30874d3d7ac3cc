package belfry.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that a service did by itself, without a call: a deletion whose window ended, a rotation that fell due
 * (semantics: cloudtrail.md §1.3, §1.6).
 *
 * @param service the service's short name: {@code kms}
 * @param name the event's: {@code DeleteKey}
 * @param invokedBy who the record says it was: {@code AWS Internal}, {@code secretsmanager.amazonaws.com}
 * @param requestId null where the event bears none
 * @param additional shown as {@code additionalEventData}; null for none
 * @param details shown as {@code serviceEventDetails}; null for none
 * @param shown printed as {@code resources}
 * @param touched found by LookupEvents besides {@code shown}
 */
public record ServiceEvent(
        String account,
        String region,
        String service,
        String name,
        String invokedBy,
        @Nullable String requestId,
        @Nullable ObjectNode additional,
        @Nullable ObjectNode details,
        List<Touched> shown,
        List<Touched> touched) {
    public ServiceEvent {
        shown = List.copyOf(shown);
        touched = List.copyOf(touched);
    }

    /** Writes the audit record of a service event into the transaction of its effect. */
    @FunctionalInterface
    public interface Recorder {
        void record(belfry.store.Tx tx, ServiceEvent event);
    }
}
