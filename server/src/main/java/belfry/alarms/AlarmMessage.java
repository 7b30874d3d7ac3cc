package belfry.alarms;

import belfry.base.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What is published when an alarm changes its state (alarms.md §8 and §9).
 *
 * @param subject at most 100 characters
 * @param json for every protocol but the others here
 * @param email the plain text of a mail
 * @param sms one line
 */
public record AlarmMessage(String subject, String json, String email, String sms) {
    /** SNS takes no longer subject. */
    static final int SUBJECT_MAX = 100;

    public AlarmMessage {
        if (subject.length() > SUBJECT_MAX) {
            throw new IllegalArgumentException("a subject has at most " + SUBJECT_MAX + " characters");
        }
    }

    /** @param afterMute whether a mute rule held it back */
    static AlarmMessage of(Alarm alarm, StateChange change, boolean afterMute, AlarmLinks links) {
        String json = switch (alarm.kind()) {
            case METRIC -> Json.write(NoticeJson.metric(alarm, change, afterMute));
            case COMPOSITE -> Json.write(NoticeJson.composite(alarm, change, afterMute));
        };
        return new AlarmMessage(
                subject(alarm, change), json, NoticeMail.text(alarm, change, links), subject(alarm, change));
    }

    /** The message as SNS takes it with {@code MessageStructure=json}: a text for each protocol. */
    public ObjectNode structure() {
        return Json.object().put("default", json).put("email", email).put("sms", sms);
    }

    /** The alarm's name is cut so that the whole keeps SNS's limit. */
    private static String subject(Alarm alarm, StateChange change) {
        String before = change.to().name() + ": \"";
        String after = "\" in " + RegionNames.of(alarm.region());
        int room = SUBJECT_MAX - before.length() - after.length();
        String name = alarm.name();
        if (name.length() > room) {
            name = name.substring(0, room - 3) + "...";
        }
        return before + name + after;
    }
}
