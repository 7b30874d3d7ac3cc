package belfry.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cron(0 12 * * ? *)      | 2026-03-02T12:00:00Z",
                "cron(0 10 * * ? *)      | 2026-03-03T10:00:00Z",
                "cron(15 10 * * ? *)     | 2026-03-02T10:15:00Z",
                "cron(0/15 * * * ? *)    | 2026-03-02T10:15:00Z",
                "cron(0 18 ? * MON-FRI *)| 2026-03-02T18:00:00Z",
                "cron(0 8 1 * ? *)       | 2026-04-01T08:00:00Z",
                "cron(0 8 L * ? *)       | 2026-03-31T08:00:00Z",
                "cron(0 8 ? * 6L *)      | 2026-03-27T08:00:00Z",
                "cron(0 8 ? * 2#2 *)     | 2026-03-09T08:00:00Z",
                "cron(0 8 ? * TUE#1 *)   | 2026-03-03T08:00:00Z",
                "cron(0 8 15W * ? *)     | 2026-03-16T08:00:00Z",
                "cron(0 0 29 2 ? *)      | 2028-02-29T00:00:00Z",
                "cron(0 0 1 JAN ? 2030)  | 2030-01-01T00:00:00Z",
                "cron(30 9 ? * SAT,SUN *)| 2026-03-07T09:30:00Z",
                "cron(0 9 ? * FRI-MON *) | 2026-03-06T09:00:00Z",
                "rate(1 minute)          | 2026-03-02T10:01:00Z",
                "rate(5 minutes)         | 2026-03-02T10:05:00Z",
                "rate(1 day)             | 2026-03-03T10:00:00Z"
            })
    void firesNext(String expression, Instant next) {
        Instant monday = Instant.parse("2026-03-02T10:00:00Z");
        assertThat(Schedule.parse(expression).after(monday, monday)).contains(next);
    }

    @Test
    void aYearThatIsOverNeverComes() {
        Instant now = Instant.parse("2026-03-02T10:00:00Z");
        assertThat(Schedule.parse("cron(0 0 1 1 ? 2020)").after(now, now)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rate(1 minutes)",
                "rate(5 minute)",
                "rate(0 minutes)",
                "rate(5 seconds)",
                "cron(0 12 * * * *)",
                "cron(0 12 ? * ? *)",
                "cron(60 12 * * ? *)",
                "cron(0 12 * * ?)",
                "cron(a 12 * * ? *)",
                "every day",
                ""
            })
    void refusesWhatIsNone(String expression) {
        assertThatThrownBy(() -> Schedule.parse(expression)).hasMessage("Parameter ScheduleExpression is not valid.");
    }
}
