package belfry.topics;

import belfry.alarms.CloudTrailRecord;
import belfry.alarms.Evidence;
import belfry.topics.mail.Block;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a reader can do about an alert, and the commands that show more. */
final class AlertAdvice {
    private final Alert alert;
    private final Commands commands;

    AlertAdvice(Alert alert, Commands commands) {
        this.alert = alert;
        this.commands = commands;
    }

    /** Steps for whoever is woken by it; nothing where the state is no alarm or the events are no records. */
    void whatToDo(List<Block> blocks) {
        Optional<CloudTrailRecord> found = AlertWords.record(newest());
        if (!alert.alarming() || found.isEmpty()) {
            return;
        }
        CloudTrailRecord record = found.get();
        List<Block.Step> steps = new ArrayList<>();
        steps.add(new Block.Step(
                "Ask " + record.who() + " whether this was meant. If it was, nothing else is to be done.", ""));
        if (record.longTermKey()) {
            steps.add(new Block.Step(
                    "If not, stop the access key:", commands.deactivateKey(record.who(), record.accessKey())));
        } else if (!record.accessKey().isEmpty()) {
            steps.add(new Block.Step(
                    "If not, end the session: take the role's permissions away from sessions older than now.", ""));
        }
        if (!record.accessKey().isEmpty()) {
            steps.add(new Block.Step("See what else that key did:", commands.lookupAccessKey(record.accessKey())));
        }
        if (record.aboutSecrets()
                && record.error().isEmpty()
                && !record.target().isEmpty()) {
            steps.add(new Block.Step(
                    "Whoever has read " + record.shortTarget()
                            + " still knows it: change it where it is used, and store the new value.",
                    ""));
        }
        blocks.add(new Block.Heading("What to do"));
        blocks.add(new Block.Steps(steps));
    }

    /** Commands that show the record and the events. */
    void lookCloser(List<Block> blocks) {
        blocks.add(new Block.Heading("Look closer"));
        AlertWords.record(newest())
                .map(CloudTrailRecord::eventId)
                .filter(id -> !id.isEmpty())
                .ifPresent(id -> blocks.add(new Block.Code(commands.lookupEvent(id))));
        Instant from = alert.at().minus(alert.window());
        Instant oldest = alert.events().getLast().at();
        blocks.add(new Block.Code(commands.filterLogEvents(
                newest().group(), oldest.isBefore(from) ? oldest : from, newest().at(), pattern())));
    }

    /** Which rule matched, and how to see it and the alarm. */
    void rule(List<Block> blocks) {
        blocks.add(new Block.Heading("The rule", "rule"));
        alert.events().stream()
                .filter(event -> !event.filter().isEmpty())
                .map(event -> commands.describeFilter(event.group(), event.filter()))
                .distinct()
                .forEach(command -> blocks.add(new Block.Code(command)));
        blocks.add(new Block.Code(commands.describeAlarm(alert.alarm())));
    }

    private Evidence.Event newest() {
        return alert.events().getFirst();
    }

    /** Finds the events among others where they all have one name; else everything in that time is listed. */
    private String pattern() {
        List<String> names = alert.events().stream()
                .map(event ->
                        AlertWords.record(event).map(CloudTrailRecord::event).orElse(""))
                .distinct()
                .toList();
        return names.size() == 1 && names.getFirst().matches("[A-Za-z0-9]+")
                ? "{ $.eventName = \"" + names.getFirst() + "\" }"
                : "";
    }
}
