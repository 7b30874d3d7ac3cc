package belfry.engine.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows of mute rules (alarms.md §12); the scenarios are those of AWS's documentation. */
class MuteScheduleTest {
    private static MuteSchedule schedule(String expression, String duration, @Nullable String zone) {
        return MuteSchedule.parse(expression, duration, zone, null, null);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        0 2 * * SUN,  PT4H,    2026-03-08T02:00:00Z, 2026-03-08T06:00:00Z
        0 1 1 * *,    PT6H,    2026-03-01T01:00:00Z, 2026-03-01T07:00:00Z
        0 18 * * FRI, P2DT12H, 2026-03-06T18:00:00Z, 2026-03-09T06:00:00Z
        0 23 * * 7,   PT2H,    2026-03-08T23:00:00Z, 2026-03-09T01:00:00Z
        cron(0 2 * * SUN), PT4H, 2026-03-08T02:00:00Z, 2026-03-08T06:00:00Z
        cron(0 0 ? * SAT), PT4H, 2026-03-07T00:00:00Z, 2026-03-07T04:00:00Z
        cron(0 2 * * ?),   PT2H, 2026-03-02T02:00:00Z, 2026-03-02T04:00:00Z
        cron( 0 1 1 * ? ), PT6H, 2026-03-01T01:00:00Z, 2026-03-01T07:00:00Z
        at(2026-03-10T14:00), PT4H, 2026-03-10T14:00:00Z, 2026-03-10T18:00:00Z
        at(2026-12-23T00:00), P7D,  2026-12-23T00:00:00Z, 2026-12-30T00:00:00Z
        """)
    void theWindowsOfAwsExamples(String expression, String duration, Instant start, Instant end) {
        MuteSchedule schedule = schedule(expression, duration, null);
        var window = Optional.of(new MuteSchedule.Window(start, end));
        assertThat(schedule.at(start)).isEqualTo(window);
        assertThat(schedule.at(end.minusMillis(1))).isEqualTo(window);
        assertThat(schedule.at(end)).isEmpty();
        assertThat(schedule.at(start.minusMillis(1))).isEmpty();
        assertThat(schedule.after(start.minusMillis(1))).isEqualTo(window);
    }

    @Test
    void timesAreThoseOfTheZone() {
        Instant start = Instant.parse("2026-03-08T09:00:00Z");
        assertThat(schedule("0 2 * * *", "PT1H", "America/Los_Angeles").at(start))
                .isEmpty();
        // The clocks have gone forward at two: the window begins an hour later by the clock on the wall.
        assertThat(schedule("0 2 * * *", "PT1H", "America/Los_Angeles").at(start.plus(Duration.ofHours(1))))
                .isPresent();
    }

    @Test
    void nothingIsMutedOutsideTheBounds() {
        Instant from = Instant.parse("2026-03-02T12:00:00Z");
        Instant to = Instant.parse("2026-03-04T01:30:00Z");
        MuteSchedule schedule = MuteSchedule.parse("0 1 * * *", "PT2H", null, from, to);
        assertThat(schedule.at(Instant.parse("2026-03-02T01:10:00Z"))).isEmpty();
        assertThat(schedule.at(Instant.parse("2026-03-03T01:10:00Z"))).isPresent();
        assertThat(schedule.at(Instant.parse("2026-03-04T01:10:00Z")).map(MuteSchedule.Window::end))
                .contains(to);
        assertThat(schedule.after(Instant.parse("2026-03-04T01:10:00Z"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0 2 * *       | PT1H
        60 2 * * *    | PT1H
        0 2 * * MOO   | PT1H
        0 2 5-3 * *   | PT1H
        at(tomorrow)  | PT1H
        0 2 * * *     | PT30S
        0 2 * * *     | P16D
        0 2 * * *     | an hour
        """)
    void whatIsNoScheduleIsRefused(String expression, String duration) {
        assertThatThrownBy(() -> schedule(expression, duration, null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 300)
    void whatBeginsNextIsOpenThenAndNothingBegan(
            @ForAll("expressions") String expression, @ForAll("times") Instant now) {
        MuteSchedule schedule = schedule(expression, "PT1M", null);
        schedule.after(now).ifPresent(next -> {
            assertThat(schedule.at(next.start())).contains(next);
            Instant earliest = next.start().minus(Duration.ofDays(1));
            for (Instant minute = Instant.ofEpochSecond(now.getEpochSecond() / 60 * 60 + 60);
                    minute.isBefore(next.start());
                    minute = minute.plusSeconds(60)) {
                // Far ahead, the last day before is enough.
                minute = minute.isBefore(earliest) ? earliest : minute;
                assertThat(schedule.at(minute))
                        .as("%s at %s", expression, minute)
                        .isEmpty();
            }
        });
    }

    @Provide
    Arbitrary<String> expressions() {
        Arbitrary<String> minutes = Arbitraries.of("*", "0", "5,35", "10-12");
        Arbitrary<String> hours = Arbitraries.of("*", "3", "0,23", "9-17");
        Arbitrary<String> days = Arbitraries.of("*", "1", "29", "31", "10-12");
        Arbitrary<String> months = Arbitraries.of("*", "2", "JAN,JUL", "3-4");
        Arbitrary<String> weekdays = Arbitraries.of("*", "0", "7", "MON-FRI", "2,4");
        return Combinators.combine(minutes, hours, days, months, weekdays)
                .as((a, b, c, d, e) -> String.join(" ", a, b, c, d, e));
    }

    @Provide
    Arbitrary<Instant> times() {
        return Arbitraries.longs().between(1_700_000_000, 1_800_000_000).map(Instant::ofEpochSecond);
    }
}
