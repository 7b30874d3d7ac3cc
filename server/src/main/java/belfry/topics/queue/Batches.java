package belfry.topics.queue;

import belfry.api.sqs.BatchResultErrorEntry;
import belfry.wire.ServiceException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What all batches have in common. */
final class Batches {
    private static final int ENTRIES_MAX = 10;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,80}");

    private Batches() {}

    /** @param entry the entry's type, as the error names it */
    static void check(List<String> ids, String entry) {
        if (ids.isEmpty()) {
            throw ServiceException.of(
                    "EmptyBatchRequest", "There should be at least one " + entry + " in the request.");
        }
        if (ids.size() > ENTRIES_MAX) {
            throw ServiceException.of(
                    "TooManyEntriesInBatchRequest",
                    "Maximum number of entries per request are 10. You have sent " + ids.size() + ".");
        }
        Set<String> seen = new HashSet<>();
        for (String id : ids) {
            if (!ID.matcher(id).matches()) {
                throw ServiceException.of(
                        "InvalidBatchEntryId",
                        "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be"
                                + " at most 80 letters long.");
            }
            if (!seen.add(id)) {
                throw ServiceException.of("BatchEntryIdsNotDistinct", "Id " + id + " repeated.");
            }
        }
    }

    static BatchResultErrorEntry failed(String id, ServiceException fault) {
        return new BatchResultErrorEntry()
                .id(id)
                .senderFault(true)
                .code(fault.code())
                .message(fault.getMessage());
    }
}
