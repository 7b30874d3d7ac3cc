package belfry.topics;

import belfry.alarms.CloudTrailRecord;
import belfry.alarms.Evidence;
import belfry.alarms.News;
import belfry.alarms.Ranking;
import belfry.alarms.Tally;
import belfry.base.Printable;
import belfry.topics.mail.Block;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** An alert in sentences and numbers: what tells a burst from one routine read at a look. */
final class AlertWords {
    private static final int NAME_MAX = 120;

    private AlertWords() {}

    /** One line: {@code mallory called GetSecretValue on prod/db 200 times within 31 s}; empty where no event is known. */
    static String headline(Alert alert) {
        if (alert.events().isEmpty()) {
            return "";
        }
        Evidence.Event newest = alert.events().getFirst();
        if (alert.all() == 1) {
            return summary(newest) + outcome(newest);
        }
        Tally tally = alert.tally();
        if (tally.counted() == 0) {
            return alert.all() + " lines in the log group " + Printable.unlinked(newest.group());
        }
        boolean secrets = record(newest).filter(CloudTrailRecord::aboutSecrets).isPresent();
        String on =
                tally.targets().distinct() == 0 ? "" : " on " + one(tally.targets(), secrets ? "secrets" : "resources");
        return one(tally.principals(), "principals") + " called " + one(tally.calls(), "operations") + on + " "
                + alert.all() + " times within " + words(Duration.between(tally.first(), tally.last()));
    }

    /** One line about one event: {@code alice called GetSecretValue on prod/db}. */
    static String summary(Evidence.Event event) {
        return record(event)
                .map(AlertWords::summary)
                .orElseGet(() -> "A line in the log group " + Printable.unlinked(event.group()));
    }

    /** One line about one call. */
    static String summary(CloudTrailRecord record) {
        return record.who() + " called " + record.event()
                + (record.target().isEmpty() ? "" : " on " + cut(record.shortTarget(), NAME_MAX));
    }

    private static String outcome(Evidence.Event event) {
        return record(event).filter(record -> !record.error().isEmpty()).isPresent() ? " (refused)" : "";
    }

    /** What was new about an event, in words; empty where nothing was. */
    static String news(Evidence.Event event) {
        return event.news().stream().sorted().map(News::words).collect(Collectors.joining(", "));
    }

    /** How big it is. */
    static List<Block.Figure> figures(Alert alert) {
        Tally tally = alert.tally();
        List<Block.Figure> figures = new ArrayList<>();
        figures.add(new Block.Figure(alert.all(), alert.all() == 1 ? "event" : "events", ""));
        if (tally.counted() == 0) {
            return figures;
        }
        boolean secrets = record(alert.events().getFirst())
                .filter(CloudTrailRecord::aboutSecrets)
                .isPresent();
        figures.add(figure(tally.principals(), "principal", "principals"));
        figures.add(figure(tally.targets(), secrets ? "secret" : "resource", secrets ? "secrets" : "resources"));
        figures.add(figure(tally.addresses(), "address", "addresses"));
        figures.add(new Block.Figure(tally.refused(), "refused", ""));
        return figures;
    }

    private static Block.Figure figure(Ranking ranking, String one, String many) {
        String remark = ranking.news() == 0 ? "" : ranking.distinct() == 1 ? "new" : ranking.news() + " new";
        return new Block.Figure(ranking.distinct(), ranking.distinct() == 1 ? one : many, remark);
    }

    /** The counts as a table; empty for a single event. */
    static List<Block.Fact> counts(Alert alert) {
        Tally tally = alert.tally();
        if (tally.counted() < 2) {
            return List.of();
        }
        List<Block.Fact> counts = new ArrayList<>();
        boolean secrets = record(alert.events().getFirst())
                .filter(CloudTrailRecord::aboutSecrets)
                .isPresent();
        add(counts, "By principal", tally.principals());
        add(counts, secrets ? "By secret" : "By resource", tally.targets());
        add(counts, "By address", tally.addresses());
        add(counts, "By operation", tally.calls());
        if (tally.counted() < alert.all()) {
            counts.add(new Block.Fact("Counted", tally.counted() + " of the " + alert.all()));
        }
        return counts;
    }

    private static void add(List<Block.Fact> counts, String label, Ranking ranking) {
        String lines = ranking.top().stream()
                .map(count ->
                        count.times() + " × " + cut(count.what(), NAME_MAX) + (count.news() ? " (first time)" : ""))
                .collect(Collectors.joining("\n"));
        long others = ranking.distinct() - ranking.top().size();
        if (!lines.isEmpty()) {
            counts.add(new Block.Fact(label, others == 0 ? lines : lines + "\nand " + others + " others"));
        }
    }

    private static String one(Ranking ranking, String many) {
        return ranking.distinct() == 1
                ? cut(ranking.top().getFirst().what(), NAME_MAX)
                : ranking.distinct() + " " + many;
    }

    static String words(Duration time) {
        if (time.compareTo(Duration.ofSeconds(2)) < 0) {
            return "a second";
        }
        if (time.compareTo(Duration.ofMinutes(2)) < 0) {
            return time.toSeconds() + " s";
        }
        return time.compareTo(Duration.ofHours(2)) < 0 ? time.toMinutes() + " min" : time.toHours() + " h";
    }

    static Optional<CloudTrailRecord> record(Evidence.Event event) {
        return CloudTrailRecord.read(event.message());
    }

    static String cut(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max) + " …";
    }
}
