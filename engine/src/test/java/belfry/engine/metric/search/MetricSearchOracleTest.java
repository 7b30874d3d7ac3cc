package belfry.engine.metric.search;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.engine.metric.MetricKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** Searches find what a slow reading of AWS's rules finds, and whatever is typed is either read or refused. */
class MetricSearchOracleTest {
    private static final Pattern CAMEL = Pattern.compile(
            "(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])");

    /** A search as text, and what it means. */
    record Meant(String text, Predicate<MetricKey> finds) {}

    @Property(tries = 20_000, edgeCases = EdgeCasesMode.NONE)
    void findsWhatTheOracleFinds(@ForAll("searches") Meant search, @ForAll("metrics") MetricKey metric) {
        boolean expected = search.finds().test(metric);
        Statistics.label("found")
                .collect(expected)
                .coverage(share -> share.check(true).percentage(p -> p > 10));
        assertThat(MetricSearch.parse(search.text()).finds(metric, "1"))
                .as("%s in %s", search.text(), metric)
                .isEqualTo(expected);
    }

    @Property(tries = 20_000, edgeCases = EdgeCasesMode.NONE)
    void whateverIsTypedIsReadOrRefused(@ForAll("typed") String text, @ForAll("metrics") MetricKey metric) {
        boolean read = true;
        try {
            var unused = MetricSearch.parse(text).finds(metric, "1");
        } catch (SearchException e) {
            read = false;
            assertThat(e).hasMessageNotContaining("null");
        }
        Statistics.label("read")
                .collect(read)
                .coverage(share -> share.check(true).percentage(p -> p > 5));
    }

    /** Partial matching, by strings: words between bars, those that must keep their case marked. */
    private static boolean partial(String term, String name) {
        if (words(term).isEmpty()) {
            throw new IllegalArgumentException(term);
        }
        if (bare(term).equals(bare(name))) {
            return true;
        }
        List<String> wanted = new ArrayList<>();
        for (String part : term.split("[^A-Za-z0-9]+")) {
            List<String> words = words(part);
            for (String word : words) {
                wanted.add(words.size() == 1 ? "(?i:" + word + ")" : word);
            }
        }
        return Pattern.compile("\\|" + String.join("\\|", wanted) + "\\|")
                .matcher("|" + String.join("|", words(name)) + "|")
                .find();
    }

    private static String bare(String text) {
        return text.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("[^A-Za-z0-9]+"))
                .flatMap(CAMEL::splitAsStream)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static List<String> names(MetricKey metric) {
        List<String> names = new ArrayList<>(List.of(metric.namespace(), metric.name()));
        names.addAll(metric.dimensions().keySet());
        names.addAll(metric.dimensions().values());
        return names;
    }

    private static List<String> property(MetricKey metric, String property) {
        return switch (property) {
            case "MetricName" -> List.of(metric.name());
            case "Namespace" -> List.of(metric.namespace());
            default ->
                metric.dimensions().containsKey(property)
                        ? List.of(metric.dimensions().get(property))
                        : List.of();
        };
    }

    private static Arbitrary<String> name() {
        return Arbitraries.of("Custom", "custom", "Count", "COUNT", "1", "22", "E", "Net", "-", "/", "_", "ab")
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(parts -> String.join("", parts));
    }

    /** Names that must not be taken for operators, nor be without letters and digits. */
    private static Arbitrary<String> bareTerm() {
        return name().filter(name -> !words(name).isEmpty());
    }

    @Provide
    Arbitrary<MetricKey> metrics() {
        Arbitrary<Map<String, String>> dimensions = Arbitraries.maps(
                        Arbitraries.of("Host", "CustomCount", "ab"), name())
                .ofMaxSize(2);
        return Combinators.combine(Arbitraries.of("AWS/Net", "Custom", "ab"), name(), dimensions)
                .as(MetricKey::of);
    }

    @Provide
    Arbitrary<Meant> searches() {
        Arbitrary<Meant> schema = Combinators.combine(
                        Arbitraries.of("AWS/Net", "Custom", "ab"),
                        Arbitraries.of("Host", "CustomCount", "ab").set().ofMaxSize(2))
                .as((namespace, dimensions) -> new Meant(
                        "{" + namespace + (dimensions.isEmpty() ? "" : ", " + String.join(",", dimensions)) + "} ",
                        metric -> metric.namespace().equals(namespace)
                                && (dimensions.isEmpty()
                                        || metric.dimensions().keySet().equals(dimensions))));
        Arbitrary<Meant> expressions = expressions(3);
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(6, expressions),
                net.jqwik.api.Tuple.of(1, schema),
                net.jqwik.api.Tuple.of(
                        2,
                        Combinators.combine(schema, expressions)
                                .as((first, then) -> new Meant(
                                        first.text() + then.text(),
                                        first.finds().and(then.finds())))));
    }

    /** One that is either a primary or stands in parentheses, so that it can be put anywhere. */
    private static Arbitrary<Meant> expressions(int depth) {
        Arbitrary<Meant> term = values().map(value -> new Meant(value.text(), metric -> value.any(names(metric))));
        Arbitrary<Meant> property = Combinators.combine(
                        Arbitraries.of("MetricName", "Namespace", "Host", "\"CustomCount\""), group(2))
                .as((name, value) -> new Meant(
                        name + "=" + value.text(), metric -> value.any(property(metric, name.replace("\"", "")))));
        if (depth == 0) {
            return Arbitraries.oneOf(term, property);
        }
        Arbitrary<Meant> part = expressions(depth - 1);
        Arbitrary<Meant> and = Combinators.combine(part, Arbitraries.of(" AND ", " "), part)
                .as((left, sign, right) -> new Meant(
                        "(" + left.text() + sign + right.text() + ")",
                        left.finds().and(right.finds())));
        // Without parentheses: AND binds before OR.
        Arbitrary<Meant> mixed = Combinators.combine(part, part, part)
                .as((a, b, c) -> new Meant(
                        "( " + a.text() + " OR " + b.text() + " " + c.text() + ")",
                        a.finds().or(b.finds().and(c.finds()))));
        Arbitrary<Meant> not =
                part.map(inner -> new Meant("NOT " + inner.text(), inner.finds().negate()));
        return Arbitraries.oneOf(term, property, and, mixed, not);
    }

    /** What holds of one of some names. */
    record Value(String text, Predicate<List<String>> finds) {
        boolean any(List<String> names) {
            return !names.isEmpty() && finds.test(names);
        }
    }

    private static Arbitrary<Value> values() {
        Arbitrary<Value> partial =
                bareTerm().map(term -> new Value(term, names -> names.stream().anyMatch(name -> partial(term, name))));
        Arbitrary<Value> exact = name().map(term -> new Value("\"" + term + "\"", names -> names.contains(term)));
        return Arbitraries.oneOf(partial, exact);
    }

    private static Arbitrary<Value> group(int depth) {
        if (depth == 0) {
            return values();
        }
        Arbitrary<Value> part = group(depth - 1);
        Arbitrary<Value> or = Combinators.combine(part, part)
                .as((a, b) -> new Value(
                        "(" + a.text() + " OR " + b.text() + ")", a.finds().or(b.finds())));
        Arbitrary<Value> not =
                part.map(a -> new Value("(NOT " + a.text() + ")", a.finds().negate()));
        return Arbitraries.oneOf(values(), or, not);
    }

    @Provide
    Arbitrary<String> typed() {
        Arbitrary<String> pieces = Arbitraries.of(
                "{",
                "}",
                ",",
                " ",
                "(",
                ")",
                "\"",
                "\\",
                "=",
                "AND",
                "OR",
                "NOT",
                "ab",
                "Count",
                "MetricName",
                "'LOCAL'",
                ":aws.AccountId",
                "\u00e9",
                "-",
                "\ud83d");
        Arbitrary<String> any = pieces.list().ofMaxSize(12).map(parts -> String.join("", parts));
        // What was right with one character lost.
        Arbitrary<String> broken = Combinators.combine(searches(), Arbitraries.integers())
                .as((search, seed) -> {
                    int at = new Random(seed).nextInt(search.text().length());
                    return search.text().substring(0, at) + search.text().substring(at + 1);
                });
        return Arbitraries.oneOf(any, broken);
    }
}
