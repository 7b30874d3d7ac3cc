package belfry.engine.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.engine.LongForm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Compiled patterns against slow, obvious readings of the same text. */
class OracleProperties {
    private static final PatternSet REAL =
            PatternSet.of(Fixtures.patterns().stream().map(FilterPattern::parse).toList());

    @Property(tries = 300)
    void jsonPatternsAgree(@ForAll long seed) {
        LongForm.run(seed, random -> {
            SlowJsonPattern slow = SlowJsonPattern.random(random);
            FilterPattern fast = FilterPattern.parse(slow.text());
            for (int i = 0; i < 20; i++) {
                String line = RandomLines.json(random);
                assertThat(matches(fast, line, random))
                        .as("%s on %s", slow.text(), line)
                        .isEqualTo(slow.matches(line));
            }
        });
    }

    @Property(tries = 300)
    void regexesAgree(@ForAll long seed) {
        LongForm.run(seed, random -> {
            SlowRegex slow = SlowRegex.random(random);
            FilterPattern fast = FilterPattern.parse("%" + slow.text() + "%");
            for (int i = 0; i < 20; i++) {
                String line = text(random);
                assertThat(matches(fast, line, random))
                        .as("%s on %s", slow.text(), line)
                        .isEqualTo(slow.finds(line));
            }
        });
    }

    @Property(tries = 300)
    void termsAgree(@ForAll long seed) {
        LongForm.run(seed, random -> {
            SlowTerms slow = SlowTerms.random(random);
            FilterPattern fast = FilterPattern.parse(slow.text());
            for (int i = 0; i < 10; i++) {
                String line = text(random);
                assertThat(matches(fast, line, random))
                        .as("%s on %s", slow.text(), line)
                        .isEqualTo(slow.matches(line));
            }
        });
    }

    @Property(tries = 300)
    void spaceDelimitedPatternsAgree(@ForAll long seed) {
        LongForm.run(seed, random -> {
            SlowFields slow = SlowFields.random(random);
            FilterPattern fast = FilterPattern.parse(slow.text());
            for (int i = 0; i < 10; i++) {
                String line = SlowFields.line(random);
                assertThat(matches(fast, line, random))
                        .as("%s on %s", slow.text(), line)
                        .isEqualTo(slow.matches(line));
            }
        });
    }

    @Property(tries = 100)
    void setsAgreeWithTheirPatterns(@ForAll long seed) {
        LongForm.run(seed, random -> {
            List<FilterPattern> patterns = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                String text = switch (random.nextInt(8)) {
                    case 0 -> SlowTerms.random(random).text();
                    case 1 -> SlowFields.random(random).text();
                    default -> SlowJsonPattern.random(random).text();
                };
                patterns.add(FilterPattern.parse(text));
            }
            PatternSet set = PatternSet.of(patterns);
            for (int i = 0; i < 10; i++) {
                String line = random.nextInt(5) == 0 ? SlowFields.line(random) : RandomLines.json(random);
                BitSet matching = set.matching(line.getBytes(StandardCharsets.UTF_8));
                for (int n = 0; n < patterns.size(); n++) {
                    assertThat(matching.get(n))
                            .as("%s on %s", patterns.get(n), line)
                            .isEqualTo(patterns.get(n).matches(line));
                }
            }
        });
    }

    @Property(tries = 20)
    void realPatternsAgreeOnRealRecords(@ForAll long seed) {
        LongForm.run(seed, random -> {
            String line =
                    Fixtures.records().get(random.nextInt(Fixtures.records().size()));
            BitSet matching = REAL.matching(line.getBytes(StandardCharsets.UTF_8));
            for (int n = 0; n < REAL.patterns().size(); n++) {
                assertThat(matching.get(n)).isEqualTo(REAL.patterns().get(n).matches(line));
            }
        });
    }

    /** Matches somewhere inside a larger array, so that a look beyond the line would be seen. */
    private static boolean matches(FilterPattern pattern, String line, SplittableRandom random) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        byte[] around = new byte[bytes.length + 10];
        random.nextBytes(around);
        int from = random.nextInt(10);
        System.arraycopy(bytes, 0, around, from, bytes.length);
        return pattern.matches(around, from, from + bytes.length);
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        int n = random.nextInt(5);
        for (int i = 0; i < n; i++) {
            text.append(RandomLines.pick(random, RandomLines.TEXTS)).append(random.nextBoolean() ? " " : "");
        }
        return text.toString();
    }
}
