package belfry.topics;

import belfry.topics.web.RetryPolicy;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way to an http, https or sms endpoint.
 *
 * @param seq the row's number, the same as in the outbox
 * @param lane of the errands of a lane only the first is tried, which keeps their order
 * @param target what is busy with it: of one target's errands only a few are under way at a time
 * @param headers what the endpoint is told beside the body, in this order
 * @param deadLetterArn the queue for what could not be delivered; null where there is none
 * @param deadLetterBody what that queue gets; null where it is the body
 * @param attempts how often it was tried before
 */
public record Errand(
        long seq,
        String lane,
        String target,
        String messageId,
        String topicArn,
        String subscriptionArn,
        String protocol,
        String endpoint,
        Map<String, String> headers,
        String body,
        RetryPolicy retries,
        @Nullable String deadLetterArn,
        @Nullable String deadLetterBody,
        long attempts,
        Instant queuedAt) {
    public Errand {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }
}
