package belfry.alarms;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a composite alarm's actions are held back (alarms.md §11). */
enum SuppressedBy {
    /** The alarm changed, and its suppressor has this long to go off. */
    WAIT_PERIOD("WaitPeriod"),
    /** The suppressor came back, and is given this long before the actions are taken. */
    EXTENSION_PERIOD("ExtensionPeriod"),
    /** The suppressor is in ALARM. */
    ALARM("Alarm");

    private final String awsName;

    SuppressedBy(String awsName) {
        this.awsName = awsName;
    }

    String awsName() {
        return awsName;
    }

    String reason() {
        return "Actions suppressed by " + awsName;
    }

    static Optional<SuppressedBy> read(@Nullable String name) {
        for (SuppressedBy one : values()) {
            if (one.awsName.equals(name)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }
}
