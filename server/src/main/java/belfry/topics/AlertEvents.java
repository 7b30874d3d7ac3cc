package belfry.topics;

import belfry.alarms.CloudTrailRecord;
import belfry.alarms.Evidence;
import belfry.base.Printable;
import belfry.topics.mail.Block;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The events of an alert: the newest as a table, the others a line each. */
final class AlertEvents {
    static final DateTimeFormatter WHEN = utc("yyyy-MM-dd HH:mm:ss 'UTC'");
    private static final DateTimeFormatter TIME = utc("HH:mm:ss");
    private static final int MESSAGE_MAX = 2_000;
    private static final int LINE_MAX = 200;
    private static final int PROGRAM_MAX = 80;

    private final Alert alert;

    AlertEvents(Alert alert) {
        this.alert = alert;
    }

    void newest(List<Block> blocks) {
        Evidence.Event newest = alert.events().getFirst();
        Optional<CloudTrailRecord> record = AlertWords.record(newest);
        if (alert.all() > 1) {
            blocks.add(new Block.Heading("The newest: " + AlertWords.summary(newest)));
        }
        if (record.isPresent()) {
            blocks.add(new Block.Facts(facts(record.get(), newest)));
        } else {
            blocks.add(new Block.Code(AlertWords.cut(newest.message(), MESSAGE_MAX)));
            blocks.add(new Block.Facts(List.of(
                    new Block.Fact("When", WHEN.format(newest.at())),
                    new Block.Fact("Log group", Printable.line(newest.group())),
                    new Block.Fact("Log stream", Printable.line(newest.stream())))));
        }
    }

    private static List<Block.Fact> facts(CloudTrailRecord record, Evidence.Event event) {
        List<Block.Fact> facts = new ArrayList<>();
        String arn = record.whoArn();
        add(facts, "Who", arn.isEmpty() || arn.equals(record.who()) ? record.who() : record.who() + "\n" + arn);
        add(facts, "Access key", record.accessKey());
        add(facts, "Through", record.invokedBy().equals(record.who()) ? "" : record.invokedBy());
        add(facts, "What", record.event() + " (" + record.source() + ")");
        add(facts, record.aboutSecrets() ? "Secret" : "On", record.target());
        add(facts, "When", WHEN.format(record.at() == null ? event.at() : record.at()));
        add(facts, "From", record.address());
        add(facts, "With", record.userAgent());
        add(facts, "Outcome", record.error().isEmpty() ? "It succeeded" : "Refused: " + record.error());
        if (record.aboutSecrets()) {
            add(facts, "New", event.news().isEmpty() ? "No: seen before" : AlertWords.news(event));
        }
        add(facts, "Event id", record.eventId());
        return facts;
    }

    private static void add(List<Block.Fact> facts, String label, String value) {
        if (!value.isEmpty()) {
            facts.add(new Block.Fact(label, AlertWords.cut(value, MESSAGE_MAX)));
        }
    }

    /** When the newest happened. */
    String newestTime() {
        Evidence.Event newest = alert.events().getFirst();
        return WHEN.format(AlertWords.record(newest).map(CloudTrailRecord::at).orElse(newest.at()));
    }

    /** Where the newest came from, by what, and when. */
    String newestCall() {
        Evidence.Event newest = alert.events().getFirst();
        String at = newestTime();
        return AlertWords.record(newest)
                .map(record ->
                        "from " + record.address() + " with " + program(record.userAgent()) + ", the newest at " + at)
                .orElse("the newest at " + at);
    }

    void list(List<Block> blocks) {
        if (alert.all() < 2) {
            return;
        }
        blocks.add(new Block.Heading(counted()));
        blocks.add(new Block.Events(
                alert.events().stream().map(AlertEvents::line).toList(),
                alert.more() == 0 ? "" : "and " + alert.more() + " more."));
    }

    String counted() {
        if (alert.all() == 1) {
            return "The event";
        }
        return alert.all() + " matching events"
                + (alert.more() == 0 ? "" : ", the newest " + alert.events().size());
    }

    private static Block.Event line(Evidence.Event event) {
        String news = AlertWords.news(event);
        return AlertWords.record(event)
                .map(record -> new Block.Event(
                        TIME.format(record.at() == null ? event.at() : record.at()),
                        AlertWords.summary(event)
                                + (record.error().isEmpty() ? "" : " (refused)")
                                + (news.isEmpty() ? "" : " (" + news + ")"),
                        "from " + record.address() + " with " + program(record.userAgent())))
                .orElseGet(() -> new Block.Event(
                        TIME.format(event.at()),
                        AlertWords.cut(Printable.unlinked(event.message().strip()), LINE_MAX),
                        Printable.line(event.stream())));
    }

    /** A user agent's first word: the program that called. */
    static String program(String userAgent) {
        return AlertWords.cut(userAgent.split(" ", 2)[0], PROGRAM_MAX);
    }

    private static DateTimeFormatter utc(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }
}
