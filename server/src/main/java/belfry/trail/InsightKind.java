package belfry.trail;

import belfry.wire.ServiceException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An InsightType (semantics: cloudtrail.md §7). */
enum InsightKind {
    /** How often an API that writes is called. */
    CALL_RATE("ApiCallRateInsight"),
    /** How often an API, reading or writing, answers with one error code. */
    ERROR_RATE("ApiErrorRateInsight");

    private final String text;

    InsightKind(String text) {
        this.text = text;
    }

    /** As the API spells it. */
    String text() {
        return text;
    }

    boolean covers(InsightFacts call) {
        return switch (this) {
            case CALL_RATE -> !call.readOnly();
            case ERROR_RATE -> !call.error().isEmpty();
        };
    }

    /** What is counted for itself beside source and name. */
    String error(InsightFacts call) {
        return switch (this) {
            case CALL_RATE -> "";
            case ERROR_RATE -> call.error();
        };
    }

    /** Whether a trail with {@code selectors} logs what this kind counts. */
    boolean fedBy(Selectors selectors) {
        return switch (this) {
            case CALL_RATE -> logs(selectors, false);
            case ERROR_RATE -> logs(selectors, false) || logs(selectors, true);
        };
    }

    /** Asked with a source that no selector leaves out. */
    private static boolean logs(Selectors selectors, boolean reads) {
        return selectors
                .decide(new Selectors.Facts(
                        Category.MANAGEMENT, reads, "cloudtrail.amazonaws.com", "Any", "", List.of()))
                .selected();
    }

    static InsightKind of(String text) {
        return find(text)
                .orElseThrow(() -> ServiceException.of(
                        "InvalidInsightSelectorsException",
                        "Valid values for InsightType are ApiCallRateInsight and ApiErrorRateInsight."));
    }

    private static Optional<InsightKind> find(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
    }
}
