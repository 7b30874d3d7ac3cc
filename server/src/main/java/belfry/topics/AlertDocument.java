package belfry.topics;

import belfry.alarms.CloudTrailRecord;
import belfry.alarms.Evidence;
import belfry.base.Printable;
import belfry.topics.mail.AwsText;
import belfry.topics.mail.Block;
import belfry.topics.mail.Document;
import belfry.topics.mail.TextRendering;
import belfry.topics.mail.Tone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an alert says, in no particular format: AWS's own text, and below it what AWS never tells: how much, who, what, when,
 * from where, whether for the first time, all the events, and what to do. {@link #mail} and {@link #page} are for mails
 * and browsers, {@link #brief} for chat systems, {@link #line} for telephones. From a CloudTrail record it makes a table;
 * any other log event is shown as it is.
 */
final class AlertDocument {
    private static final int RECORD_MAX = 16_000;
    private static final int LINE_MAX = 320;
    private static final int REASON_MAX = 500;

    private final Alert alert;
    private final AlertEvents events;
    private final AlertAdvice advice;
    private final String pageUrl;

    /**
     * @param endpoint where this server is reached, for the commands
     * @param pageUrl the page with the whole records
     */
    AlertDocument(Alert alert, String endpoint, String pageUrl) {
        this.alert = alert;
        this.events = new AlertEvents(alert);
        this.advice = new AlertAdvice(alert, new Commands(endpoint, alert.region()));
        this.pageUrl = pageUrl;
    }

    /** The alarm this is about: mails of one alarm hang together. */
    String alarmArn() {
        return alert.alarmArn();
    }

    /** The alarm's new state: {@code ALARM}, {@code OK} or {@code INSUFFICIENT_DATA}. */
    String state() {
        return alert.state();
    }

    /** The mail. */
    Document mail() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(AwsText.read(alert.awsText()));
        if (alert.events().isEmpty()) {
            noEvents().ifPresent(blocks::add);
        } else {
            look(blocks);
            events.newest(blocks);
            events.list(blocks);
            blocks.add(new Block.Button("See the events", pageUrl));
            blocks.add(links());
            advice.whatToDo(blocks);
            advice.lookCloser(blocks);
        }
        return document(blocks);
    }

    /** The same without AWS's text and without commands: for whoever reads it in a chat. */
    Document brief() {
        List<Block> blocks = new ArrayList<>();
        if (alert.events().isEmpty()) {
            blocks.add(new Block.Paragraph(alert.reason()));
            noEvents().ifPresent(blocks::add);
        } else {
            look(blocks);
            events.newest(blocks);
            blocks.add(links());
        }
        return document(blocks);
    }

    /** One line, at most 320 letters: {@code ALARM SecretRead: mallory called … from … at …}. */
    String line() {
        String headline = AlertWords.headline(alert);
        String from = alert.tally().addresses().top().isEmpty()
                ? ""
                : " from " + alert.tally().addresses().top().getFirst().what();
        String news = alert.tally().principals().news() > 0
                ? ", first time by this principal"
                : alert.tally().addresses().news() > 0 ? ", first time from this address" : "";
        // The time too, for a carrier may bring it hours later.
        String said = headline.isEmpty() ? alert.reason() : headline + from + " at " + events.newestTime() + news;
        return AlertWords.cut(alert.state() + " " + alert.alarm() + ": " + said, LINE_MAX - 2);
    }

    /** Its line in a digest. */
    DigestLine digestLine() {
        String headline = AlertWords.headline(alert);
        List<String> details = new ArrayList<>();
        if (!headline.isEmpty()) {
            details.add(TextRendering.figures(AlertWords.figures(alert)));
            details.add(events.newestCall());
        }
        String during = headline.isEmpty() || alert.alarming() ? "" : "While it was in ALARM: ";
        String what = Printable.line(alert.alarm()) + ": " + during
                + (headline.isEmpty() ? Printable.line(AlertWords.cut(alert.reason(), REASON_MAX)) : headline);
        return new DigestLine(alert.state(), what, details, headline.isEmpty() ? "" : pageUrl, "", List.of());
    }

    /** The page: the same, with the whole records. */
    Document page() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(AwsText.read(alert.awsText()));
        if (alert.events().isEmpty()) {
            noEvents().ifPresent(blocks::add);
        } else {
            look(blocks);
            events.newest(blocks);
            advice.whatToDo(blocks);
            advice.lookCloser(blocks);
            advice.rule(blocks);
            blocks.add(new Block.Heading(events.counted(), "records"));
            alert.events().forEach(event -> whole(blocks, event));
        }
        return document(blocks);
    }

    private static void whole(List<Block> blocks, Evidence.Event event) {
        blocks.add(new Block.Paragraph(AlertEvents.WHEN.format(event.at()) + " in " + event.group()));
        String whole = CloudTrailRecord.read(event.message())
                .map(CloudTrailRecord::pretty)
                .orElse(event.message());
        blocks.add(new Block.Code(AlertWords.cut(whole, RECORD_MAX)));
    }

    private Document document(List<Block> blocks) {
        Tone tone = switch (alert.state()) {
            case "ALARM" -> Tone.ALARM;
            case "OK" -> Tone.GOOD;
            default -> Tone.QUIET;
        };
        String label = alert.state().replace('_', ' ') + "  ·  " + alert.region();
        return new Document(tone, label, alert.alarm(), AlertWords.headline(alert), blocks);
    }

    private Optional<Block> noEvents() {
        return alert.alarming()
                ? Optional.of(new Block.Paragraph("No log event led to this state: it was set by hand, or the metric's"
                        + " datapoints were put directly, or are missing."))
                : Optional.empty();
    }

    /** What one look must tell. */
    private void look(List<Block> blocks) {
        String during = alert.alarming() ? "" : "While it was in ALARM: ";
        blocks.add(new Block.Heading(during + AlertWords.headline(alert)));
        blocks.add(new Block.Figures(AlertWords.figures(alert)));
        List<Block.Fact> counts = AlertWords.counts(alert);
        if (!counts.isEmpty()) {
            blocks.add(new Block.Facts(counts));
        }
    }

    private Block links() {
        return new Block.Links(List.of(
                new Block.Link("The records", pageUrl + "#records"),
                new Block.Link("The rule", pageUrl + "#rule"),
                new Block.Link("The alarm", pageUrl + "#alarm")));
    }

    /** When the state changed. */
    Instant at() {
        return alert.at();
    }
}
