package belfry.engine.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.engine.LongForm;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever stands in a pattern or a line, only a {@link PatternException} comes out. For an hour each:
 * {@code mvn -pl engine test -Dtest=FuzzProperties -Dbelfry.test.args=-Dbelfry.minutes=60}; a failure names its
 * {@code -Dbelfry.seed}.
 */
class FuzzProperties {
    private static final List<String> PATTERNS = Fixtures.patterns();
    private static final List<String> RECORDS = Fixtures.records();
    private static final String SIGNS = "{}[]()$.*=!<>&|%\"\\ ,?-+0129eE_ax'@:\n\u00e9\0\ud83d\ude00";

    @Property(tries = 200)
    void damagedPatternsAndRecords(@ForAll long seed) {
        LongForm.run(seed, random -> {
            String source = damaged(random, PATTERNS.get(random.nextInt(PATTERNS.size())));
            Optional<FilterPattern> pattern = parse(source);
            byte[] line =
                    damaged(random, RECORDS.get(random.nextInt(RECORDS.size()))).getBytes(StandardCharsets.UTF_8);
            pattern.ifPresent(parsed -> use(parsed, line));
        });
    }

    @Property(tries = 200)
    void randomPatternsAndBytes(@ForAll long seed) {
        LongForm.run(seed, random -> {
            StringBuilder source = new StringBuilder();
            int n = random.nextInt(40);
            for (int i = 0; i < n; i++) {
                source.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
            }
            String inside = source.toString();
            String wrapped = switch (random.nextInt(4)) {
                case 0 -> "{" + inside + "}";
                case 1 -> "[" + inside + "]";
                case 2 -> "%" + inside + "%";
                default -> inside;
            };
            byte[] line = new byte[random.nextInt(60)];
            random.nextBytes(line);
            parse(wrapped).ifPresent(parsed -> use(parsed, line));
        });
    }

    private static Optional<FilterPattern> parse(String source) {
        try {
            FilterPattern pattern = FilterPattern.parse(source);
            assertThat(pattern.text()).isEqualTo(source);
            return Optional.of(pattern);
        } catch (PatternException refused) {
            assertThat(refused.position()).isBetween(0, source.length());
            return Optional.empty();
        }
    }

    private static void use(FilterPattern pattern, byte[] line) {
        Match match = pattern.match(line);
        assertThat(match != null).isEqualTo(pattern.matches(line));
        for (String selector : pattern.selectors()) {
            String text = pattern.extractor(selector).text(line);
            if (match != null && text != null) {
                assertThat(match.extractedValues()).containsEntry(selector, text);
            }
        }
    }

    private static String damaged(SplittableRandom random, String text) {
        StringBuilder damaged = new StringBuilder(text);
        int n = random.nextInt(4);
        for (int i = 0; i < n && !damaged.isEmpty(); i++) {
            int at = random.nextInt(damaged.length());
            char sign = SIGNS.charAt(random.nextInt(SIGNS.length()));
            switch (random.nextInt(4)) {
                case 0 -> damaged.setCharAt(at, sign);
                case 1 -> damaged.insert(at, sign);
                case 2 -> damaged.deleteCharAt(at);
                default -> damaged.setLength(at);
            }
        }
        return damaged.toString();
    }
}
