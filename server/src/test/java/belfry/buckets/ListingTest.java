package belfry.buckets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.arbitraries.StringArbitrary;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

class ListingTest {
    /** Keys in memory, in the store's order. */
    private record Keys(TreeSet<String> keys) implements Listing.Source<String> {
        static Keys of(Set<String> keys) {
            TreeSet<String> sorted = new TreeSet<>(KeyRange::compare);
            sorted.addAll(keys);
            return new Keys(sorted);
        }

        @Override
        public List<String> rows(Listing.From from, @Nullable String below, int limit) {
            return keys.tailSet(from.key(), from.inclusive()).stream()
                    .filter(key -> below == null || KeyRange.compare(key, below) < 0)
                    .limit(limit)
                    .toList();
        }

        @Override
        public String key(String row) {
            return row;
        }

        @Override
        public Listing.From behind(String row) {
            return Listing.From.behind(row);
        }
    }

    /** What a listing comes to, read key by key. */
    private static List<String> oracle(Keys keys, String prefix, String delimiter) {
        Set<String> shown = new LinkedHashSet<>();
        for (String key : keys.keys()) {
            if (key.startsWith(prefix)) {
                int at = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
                shown.add(at < 0 ? key : key.substring(0, at + delimiter.length()) + "…");
            }
        }
        return new ArrayList<>(shown);
    }

    @Property(tries = 2_000)
    void pagesPutTogetherAreTheWhole(
            @ForAll("keys") Set<String> names,
            @ForAll("prefixes") String prefix,
            @ForAll("delimiters") String delimiter,
            @ForAll @IntRange(min = 1, max = 4) int max) {
        Keys keys = Keys.of(names);
        List<String> shown = new ArrayList<>();
        String after = "";
        for (boolean more = true; more; ) {
            Listing<String> page = Listing.page(keys, prefix, delimiter, Listing.From.behind(after), max);
            List<String> both = new ArrayList<>(page.rows());
            page.prefixes().forEach(folded -> both.add(folded + "…"));
            both.sort(KeyRange::compare);
            shown.addAll(both);
            assertThat(page.count()).isLessThanOrEqualTo(max);
            more = page.truncated();
            after = page.last() == null ? "" : page.last();
        }
        assertThat(shown).containsExactlyInAnyOrderElementsOf(oracle(keys, prefix, delimiter));
        assertThat(shown).doesNotHaveDuplicates();
    }

    @Property
    void whatComesAfterAPrefixIsTheLeastThatDoes(@ForAll("keys") Set<String> names, @ForAll("prefixes") String prefix) {
        KeyRange.after(prefix).ifPresent(after -> {
            for (String name : names) {
                boolean inside = KeyRange.compare(name, prefix) >= 0 && KeyRange.compare(name, after) < 0;
                assertThat(inside).isEqualTo(name.startsWith(prefix));
            }
        });
    }

    @Provide
    Arbitrary<Set<String>> keys() {
        return text().ofMinLength(1).ofMaxLength(5).set().ofMaxSize(12);
    }

    @Provide
    Arbitrary<String> prefixes() {
        return text().ofMaxLength(2);
    }

    @Provide
    Arbitrary<String> delimiters() {
        return Arbitraries.of("", "/", "a/");
    }

    /** Few characters, so that keys share beginnings. */
    private static StringArbitrary text() {
        return Arbitraries.strings().withChars("ab//\uFFFD");
    }
}
