package belfry.engine.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompositeRuleTest {
    private static final Map<String, AlarmState> STATES = Map.of(
            "a",
            AlarmState.ALARM,
            "b",
            AlarmState.OK,
            "c d",
            AlarmState.INSUFFICIENT_DATA,
            "e\"f",
            AlarmState.ALARM,
            "arn:aws:cloudwatch:us-east-1:123456789012:alarm:a",
            AlarmState.ALARM);

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "TRUE ~ ALARM",
                "FALSE ~ OK",
                "ALARM(a) ~ ALARM",
                "ALARM(\"a\") ~ ALARM",
                "ALARM(b) ~ OK",
                "OK( b ) ~ ALARM",
                "INSUFFICIENT_DATA(\"c d\") ~ ALARM",
                "ALARM(\"e\\\"f\") ~ ALARM",
                "ALARM(arn:aws:cloudwatch:us-east-1:123456789012:alarm:a) ~ ALARM",
                "ALARM(a) OR ALARM(b) AND ALARM(b) ~ ALARM",
                "(ALARM(a) OR ALARM(b)) AND ALARM(b) ~ OK",
                "NOT ALARM(b) AND ALARM(a) ~ ALARM",
                "NOT (ALARM(b) OR ALARM(a)) ~ OK",
                "NOT NOT ALARM(a) ~ ALARM",
                "AT_LEAST(2, ALARM, (a, b, \"e\\\"f\")) ~ ALARM",
                "AT_LEAST(3, ALARM, (a, b, \"e\\\"f\")) ~ OK",
                "AT_LEAST(50%, ALARM, (a, b)) ~ ALARM",
                "AT_LEAST(51%, ALARM, (a, b)) ~ OK",
                "AT_LEAST(1, NOT ALARM, (a, b)) ~ ALARM",
                "AT_LEAST(2, NOT ALARM, (a, b)) ~ OK"
            })
    void evaluates(String rule, AlarmState expected) {
        assertThat(CompositeRule.parse(rule).evaluate(name -> Objects.requireNonNull(STATES.get(name))))
                .isEqualTo(expected);
    }

    @Test
    void namesItsChildren() {
        assertThat(CompositeRule.parse("ALARM(b) OR AT_LEAST(1, OK, (a, \"c d\")) OR OK(b)")
                        .children())
                .containsExactly("b", "a", "c d");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "ALARM()",
                "ALARM(a",
                "ALARM(a) ALARM(b)",
                "ALARM(a) AND",
                "ALARMED(a)",
                "(TRUE",
                "AT_LEAST(0, ALARM, (a))",
                "AT_LEAST(2, ALARM, (a))",
                "ALARM(\"a)",
                "TRUE)",
                "alarm(a)"
            })
    void refusesWhatIsNoRule(String rule) {
        assertThatThrownBy(() -> CompositeRule.parse(rule)).isInstanceOf(RuleException.class);
    }

    @Test
    void keepsItsLimits() {
        assertThatThrownBy(() -> CompositeRule.parse("(".repeat(5000))).isInstanceOf(RuleException.class);
        StringBuilder many = new StringBuilder("TRUE");
        for (int i = 0; i < CompositeRule.MAX_CHILDREN; i++) {
            many.append(" OR OK(a").append(i).append(')');
        }
        assertThat(CompositeRule.parse(many.toString()).children()).hasSize(CompositeRule.MAX_CHILDREN);
        assertThatThrownBy(() -> CompositeRule.parse(many + " OR OK(b)")).isInstanceOf(RuleException.class);
    }
}
