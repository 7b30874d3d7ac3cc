package belfry.topics;

import belfry.base.Arn;
import belfry.base.Printable;
import belfry.topics.mail.Block;
import belfry.topics.mail.Document;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a digest says: how its alarms stand, every message in its order, the files by bucket. */
final class DigestDocument {
    /** So many messages, and so many files, are listed in the mail; the page has all of them. */
    static final int LISTED_MAX = 100;

    private static final int SUBJECT_MAX = 150;
    private static final int PAGE_MAX = 2_000_000;
    private static final int SHORT_MAX = 500;

    private final List<Digests.Gathered> messages;
    private final DigestAlarms alarms;
    private final DigestTimes times;
    private final Arn topic;

    /** @param messages oldest first, at least one, all of one topic */
    DigestDocument(List<Digests.Gathered> messages) {
        this.messages = List.copyOf(messages);
        this.alarms = new DigestAlarms(messages);
        this.times =
                new DigestTimes(messages.getFirst().at(), messages.getLast().at());
        this.topic = Arn.parse(messages.getFirst().topicArn()).orElseThrow();
    }

    String subject() {
        String about = alarms.none() ? " from " + topic.resource() : ": " + alarms.inSubject();
        return AlertWords.cut("Digest of " + counted() + about, SUBJECT_MAX);
    }

    private String counted() {
        return count() == 1 ? "1 message" : count() + " messages";
    }

    /** How many are in no other mail. */
    private long count() {
        return messages.stream().filter(message -> !message.mailed()).count();
    }

    /** @param pageUrl where all the messages are whole */
    Document mail(String pageUrl) {
        List<Block> blocks = new ArrayList<>();
        summary(blocks);
        List<Block.Event> events = events(messages.stream()
                .filter(message -> !message.line().aboutFiles())
                .toList());
        list(blocks, "The messages, oldest first", events);
        files().forEach((bucket, files) -> list(blocks, "Files in the bucket " + bucket, files));
        blocks.add(new Block.Button("See the messages whole", pageUrl));
        return document(blocks);
    }

    /** All the messages with their whole texts. */
    Document page() {
        List<Block> blocks = new ArrayList<>();
        summary(blocks);
        int room = PAGE_MAX;
        for (Digests.Gathered message : messages) {
            String text = Letters.withoutFooter(message.text());
            String shown = room > 0 ? text : AlertWords.cut(text, SHORT_MAX);
            room -= shown.length();
            blocks.add(new Block.Heading(times.of(message.at()) + "  " + message.subject()));
            if (!message.line().link().isEmpty()) {
                blocks.add(new Block.Links(
                        List.of(new Block.Link("The events", message.line().link()))));
            }
            blocks.add(new Block.Code(shown));
        }
        return document(blocks);
    }

    private Document document(List<Block> blocks) {
        return new Document(
                alarms.tone(),
                "DIGEST  ·  " + topic.region(),
                counted() + " from " + topic.resource(),
                subject(),
                blocks);
    }

    private void summary(List<Block> blocks) {
        blocks.add(new Block.Paragraph(counted() + " came to the topic " + topic + " from "
                + times.span() + ". This subscription asks for digests (" + DigestPeriod.ATTRIBUTE
                + "): what follows a mail soon comes as one."));
        List<Block.Figure> figures = new ArrayList<>();
        figures.add(new Block.Figure(count(), count() == 1 ? "message" : "messages", ""));
        long files = messages.stream()
                .mapToLong(message -> message.line().keys().size())
                .sum();
        if (!alarms.none()) {
            figures.add(alarms.figure());
        }
        if (files > 0) {
            figures.add(new Block.Figure(files, files == 1 ? "file" : "files", ""));
        }
        blocks.add(new Block.Figures(figures));
        if (!alarms.none()) {
            blocks.add(new Block.Heading("The alarms, as these messages leave them"));
            blocks.add(alarms.table(times));
        }
    }

    private static void list(List<Block> blocks, String heading, List<Block.Event> events) {
        if (!events.isEmpty()) {
            int listed = Math.min(events.size(), LISTED_MAX);
            blocks.add(new Block.Heading(heading));
            blocks.add(new Block.Events(
                    events.subList(0, listed),
                    listed == events.size() ? "" : "and " + (events.size() - listed) + " more."));
        }
    }

    /** A line each; the same thing said again and again is one line. */
    private List<Block.Event> events(List<Digests.Gathered> some) {
        List<Block.Event> events = new ArrayList<>();
        int from = 0;
        while (from < some.size()) {
            int to = from + 1;
            while (to < some.size()
                    && some.get(to).alarm() == null
                    && some.get(to).line().equals(some.get(from).line())) {
                to++;
            }
            events.add(event(some.get(from), to - from, some.get(to - 1)));
            from = to;
        }
        return events;
    }

    private Block.Event event(Digests.Gathered message, int times, Digests.Gathered last) {
        DigestLine line = message.line();
        String again = times == 1 ? "" : " (" + times + " times until " + this.times.of(last.at()) + ")";
        Block.Tag tag = line.state().isEmpty()
                ? Block.Tag.NONE
                : new Block.Tag(line.state().replace('_', ' '), DigestAlarms.tone(line.state()));
        String mailed = message.mailed() ? " (mailed at once)" : "";
        return new Block.Event(
                this.times.of(message.at()),
                tag,
                line.what() + again + mailed,
                String.join("\n", line.details()),
                line.link());
    }

    private Map<String, List<Block.Event>> files() {
        Map<String, List<Block.Event>> files = new LinkedHashMap<>();
        for (Digests.Gathered message : messages) {
            for (String key : message.line().keys()) {
                files.computeIfAbsent(Printable.line(message.line().bucket()), bucket -> new ArrayList<>())
                        .add(new Block.Event(times.of(message.at()), key, ""));
            }
        }
        return files;
    }
}
