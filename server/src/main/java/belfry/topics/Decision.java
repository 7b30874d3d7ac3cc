package belfry.topics;

import java.time.Instant;

/**
 * What became of one message for one subscription. Stored, so that anyone can ask later why a mail came or did not.
 */
public sealed interface Decision {
    /** As the store keeps it. */
    String name();

    /** Why, in words; empty where the name says all. */
    default String reason() {
        return "";
    }

    /** Waits for its first try. */
    record Queued() implements Decision {
        @Override
        public String name() {
            return "Queued";
        }
    }

    /** Waits for the digest that will carry it, or goes with one that is not sent yet. */
    record Gathered(String reason) implements Decision {
        static final String NAME = "Gathered";

        @Override
        public String name() {
            return NAME;
        }
    }

    /** The server (or the mailbox) has taken it. */
    record Sent(Instant at) implements Decision {
        @Override
        public String name() {
            return "Sent";
        }
    }

    /** Failed for now; tried again at {@code next}. */
    record Retrying(Instant next, String reason) implements Decision {
        @Override
        public String name() {
            return "Retrying";
        }
    }

    /** Refused for good. */
    record Dead(String reason) implements Decision {
        @Override
        public String name() {
            return "Dead";
        }
    }

    /** Nobody has confirmed the subscription, so nothing is sent to it. */
    record NotConfirmed() implements Decision {
        @Override
        public String name() {
            return "NotConfirmed";
        }
    }

    /** The subscription's filter policy does not want it. */
    record FilteredOut() implements Decision {
        @Override
        public String name() {
            return "FilteredOut";
        }
    }

    /** The topic's policy does not let the publisher publish. */
    record NotAuthorised(String reason) implements Decision {
        @Override
        public String name() {
            return "NotAuthorised";
        }
    }

    /** The decision of a stored row. */
    static Decision of(String name, String reason, Instant at) {
        return switch (name) {
            case "Queued" -> new Queued();
            case Gathered.NAME -> new Gathered(reason);
            case "Sent" -> new Sent(at);
            case "Retrying" -> new Retrying(at, reason);
            case "Dead" -> new Dead(reason);
            case "NotConfirmed" -> new NotConfirmed();
            case "FilteredOut" -> new FilteredOut();
            case "NotAuthorised" -> new NotAuthorised(reason);
            default -> throw new IllegalStateException("no decision is called " + name);
        };
    }
}
