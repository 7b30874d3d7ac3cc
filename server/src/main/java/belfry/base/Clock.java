package belfry.base;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The one source of time. In production it is the system's; in development mode it can be moved forward and stopped, so
 * that alarms, token expiry and recovery windows are tested in milliseconds. Instants are truncated to milliseconds, the
 * finest unit any AWS API shows.
 */
public final class Clock implements InstantSource {
    private record Setting(Duration ahead, Optional<Instant> stoppedAt) {}

    private final InstantSource base;
    private volatile Setting setting = new Setting(Duration.ZERO, Optional.empty());

    private Clock(InstantSource base) {
        this.base = base;
    }

    /** A clock that runs with the system's. */
    public static Clock system() {
        return new Clock(InstantSource.system());
    }

    /** A clock that stands at {@code at} until moved. */
    public static Clock stoppedAt(Instant at) {
        Clock clock = new Clock(InstantSource.system());
        clock.set(at, false);
        return clock;
    }

    @Override
    public Instant instant() {
        Setting now = setting;
        Instant at = now.stoppedAt().orElseGet(() -> base.instant().plus(now.ahead()));
        return Instant.ofEpochMilli(at.toEpochMilli());
    }

    /** The current time: the same as {@link #instant()}, in the words of a reader. */
    public Instant now() {
        return instant();
    }

    public boolean running() {
        return setting.stoppedAt().isEmpty();
    }

    /** Moves the clock to {@code to}; it goes on from there, or stands there. */
    public void set(Instant to, boolean running) {
        setting = running
                ? new Setting(Duration.between(base.instant(), to), Optional.empty())
                : new Setting(Duration.ZERO, Optional.of(to));
    }

    /** How long it is until {@code due}; negative when past. */
    Duration until(Instant due) {
        return Duration.between(instant(), due);
    }
}
