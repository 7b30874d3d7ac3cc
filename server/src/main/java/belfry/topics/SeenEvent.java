package belfry.topics;

import java.time.Instant;

/** A log event that led to an alert. */
record SeenEvent(Instant at, String group, String stream, String message) {}
