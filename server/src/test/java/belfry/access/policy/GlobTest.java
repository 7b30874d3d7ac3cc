package belfry.access.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class GlobTest {
    /** The same pattern as a regular expression: slow, and plainly right. */
    private static boolean oracle(String pattern, String text) {
        StringBuilder regex = new StringBuilder();
        pattern.chars()
                .forEach(c -> regex.append(
                        c == '*' ? "(?s:.*)" : c == '?' ? "(?s:.)" : Pattern.quote(String.valueOf((char) c))));
        return text.matches(regex.toString());
    }

    @Property(tries = 5_000)
    void agreesWithTheRegularExpression(@ForAll("patterns") String pattern, @ForAll("texts") String text) {
        assertThat(Glob.matches(pattern, text)).isEqualTo(oracle(pattern, text));
    }

    @Test
    void manyStarsCostNoMoreThanTheProductOfTheLengths() {
        // A regular expression would need longer than the universe has.
        assertThat(Glob.matches("a*".repeat(1_000) + "b", "a".repeat(10_000))).isFalse();
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.strings().withChars("ab:*?").ofMaxLength(8);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("ab:").ofMaxLength(10);
    }
}
