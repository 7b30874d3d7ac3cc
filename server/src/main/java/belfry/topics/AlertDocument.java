package belfry.topics;

import belfry.topics.mail.AwsText;
import belfry.topics.mail.Block;
import belfry.topics.mail.Document;
import belfry.topics.mail.Tone;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an alert says: AWS's own text, and below it what AWS never tells: who, what, when, from where, all the events, and
 * commands that show them. From a CloudTrail record it makes a table; any other log event is shown as it is.
 */
final class AlertDocument {
    private static final DateTimeFormatter WHEN = utc("yyyy-MM-dd HH:mm:ss 'UTC'");
    private static final DateTimeFormatter TIME = utc("HH:mm:ss");
    private static final int MESSAGE_MAX = 2_000;
    private static final int RECORD_MAX = 16_000;

    private final Alert alert;
    private final Commands commands;
    private final String pageUrl;

    /**
     * @param endpoint where this server is reached, for the commands
     * @param pageUrl the page with the whole records
     */
    AlertDocument(Alert alert, String endpoint, String pageUrl) {
        this.alert = alert;
        this.commands = new Commands(endpoint, alert.region());
        this.pageUrl = pageUrl;
    }

    /** The mail. */
    Document mail() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(AwsText.read(alert.awsText()));
        if (alert.events().isEmpty()) {
            noEvents().ifPresent(blocks::add);
        } else {
            newest(blocks);
            events(blocks);
            blocks.add(new Block.Button("See the events", pageUrl));
            commands(blocks);
        }
        return document(blocks);
    }

    /** The page: the same, with the whole records. */
    Document page() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(AwsText.read(alert.awsText()));
        if (alert.events().isEmpty()) {
            noEvents().ifPresent(blocks::add);
        } else {
            newest(blocks);
            commands(blocks);
            blocks.add(new Block.Heading(counted()));
            for (SeenEvent event : alert.events()) {
                blocks.add(new Block.Paragraph(WHEN.format(event.at()) + " in " + event.group()));
                String whole = CloudTrailRecord.read(event.message())
                        .map(CloudTrailRecord::pretty)
                        .orElse(event.message());
                blocks.add(new Block.Code(cut(whole, RECORD_MAX)));
            }
        }
        return document(blocks);
    }

    private Document document(List<Block> blocks) {
        Tone tone = switch (alert.state()) {
            case "ALARM" -> Tone.ALARM;
            case "OK" -> Tone.GOOD;
            default -> Tone.QUIET;
        };
        String label = alert.state().replace('_', ' ') + "  ·  " + alert.region();
        return new Document(tone, label, alert.alarm(), preview(), blocks);
    }

    /** What a mail program shows beside the subject. */
    private String preview() {
        return alert.events().isEmpty() ? "" : summary(alert.events().getFirst());
    }

    private Optional<Block> noEvents() {
        return alert.state().equals("ALARM")
                ? Optional.of(new Block.Paragraph("No log event led to this state: it was set by hand, or the metric's"
                        + " datapoints were put directly, or are missing."))
                : Optional.empty();
    }

    private void newest(List<Block> blocks) {
        SeenEvent newest = alert.events().getFirst();
        Optional<CloudTrailRecord> record = CloudTrailRecord.read(newest.message());
        blocks.add(new Block.Heading(summary(newest)));
        if (record.isPresent()) {
            blocks.add(new Block.Facts(facts(record.get(), newest)));
        } else {
            blocks.add(new Block.Code(cut(newest.message(), MESSAGE_MAX)));
            blocks.add(new Block.Facts(List.of(
                    new Block.Fact("When", WHEN.format(newest.at())),
                    new Block.Fact("Log group", newest.group()),
                    new Block.Fact("Log stream", newest.stream()))));
        }
    }

    private static List<Block.Fact> facts(CloudTrailRecord record, SeenEvent event) {
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
        add(facts, "Event id", record.eventId());
        return facts;
    }

    private static void add(List<Block.Fact> facts, String label, String value) {
        if (!value.isEmpty()) {
            facts.add(new Block.Fact(label, cut(value, MESSAGE_MAX)));
        }
    }

    private void events(List<Block> blocks) {
        if (alert.events().size() + alert.more() < 2) {
            return;
        }
        blocks.add(new Block.Heading(counted()));
        blocks.add(new Block.Events(
                alert.events().stream().map(AlertDocument::line).toList(),
                alert.more() == 0 ? "" : "and " + alert.more() + " more."));
    }

    /** A user agent's first word: the program that called. */
    private static String program(String userAgent) {
        return cut(userAgent.split(" ", 2)[0], 80);
    }

    private String counted() {
        long all = alert.events().size() + alert.more();
        if (all == 1) {
            return "The event";
        }
        return all + " matching events"
                + (alert.more() == 0 ? "" : ", the newest " + alert.events().size());
    }

    private static Block.Event line(SeenEvent event) {
        return CloudTrailRecord.read(event.message())
                .map(record -> new Block.Event(
                        TIME.format(record.at() == null ? event.at() : record.at()),
                        summary(event) + (record.error().isEmpty() ? "" : " (refused)"),
                        "from " + record.address() + " with " + program(record.userAgent())))
                .orElseGet(() -> new Block.Event(TIME.format(event.at()), cut(event.message(), 200), event.stream()));
    }

    /** One line: {@code alice called GetSecretValue on prod/db}. */
    private static String summary(SeenEvent event) {
        return CloudTrailRecord.read(event.message())
                .map(record -> record.who() + " called " + record.event()
                        + (record.target().isEmpty() ? "" : " on " + shortName(record.target())))
                .orElseGet(() -> "A line in the log group " + event.group());
    }

    /** A secret's name out of its ARN, without the six random characters; other names as they are. */
    private static String shortName(String target) {
        int at = target.indexOf(":secret:");
        return at < 0
                ? cut(target, 120)
                : target.substring(at + ":secret:".length()).replaceFirst("-[A-Za-z0-9]{6}$", "");
    }

    private void commands(List<Block> blocks) {
        SeenEvent newest = alert.events().getFirst();
        Optional<CloudTrailRecord> record = CloudTrailRecord.read(newest.message());
        blocks.add(new Block.Heading("Look closer"));
        record.map(CloudTrailRecord::eventId)
                .filter(id -> !id.isEmpty())
                .ifPresent(id -> blocks.add(new Block.Code(commands.lookupEvent(id))));
        Instant from = alert.at().minus(alert.window());
        Instant oldest = alert.events().getLast().at();
        blocks.add(new Block.Code(commands.filterLogEvents(
                newest.group(), oldest.isBefore(from) ? oldest : from, newest.at(), pattern())));
    }

    /** Finds the events among others where they all have one name; else everything in that time is listed. */
    private String pattern() {
        List<String> names = alert.events().stream()
                .map(event -> CloudTrailRecord.read(event.message())
                        .map(CloudTrailRecord::event)
                        .orElse(""))
                .distinct()
                .toList();
        return names.size() == 1 && names.getFirst().matches("[A-Za-z0-9]+")
                ? "{ $.eventName = \"" + names.getFirst() + "\" }"
                : "";
    }

    private static String cut(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max) + " …";
    }

    private static DateTimeFormatter utc(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }
}
