package belfry.topics.mail;

import static belfry.topics.mail.HtmlText.BREAK;
import static belfry.topics.mail.HtmlText.MONO;
import static belfry.topics.mail.HtmlText.escape;
import static belfry.topics.mail.HtmlText.lines;

import java.util.stream.Collectors;

/** A list of happenings: a line of each, with the rest in small below it. */
final class HtmlEvents {
    private static final String SMALL = "font-size:13px;line-height:19px;color:#5b6775;";

    private HtmlEvents() {}

    static String events(Block.Events events) {
        String rows = events.events().stream().map(HtmlEvents::event).collect(Collectors.joining());
        String more = events.more().isEmpty()
                ? ""
                : "<p class=\"s\" style=\"margin:8px 0 16px 0;" + SMALL + "\">" + escape(events.more()) + "</p>\n";
        return "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\""
                + " style=\"margin:0 0 12px 0;border-collapse:collapse\">" + rows + "</table>\n" + more;
    }

    private static String event(Block.Event event) {
        return "<tr><td class=\"line\" style=\"padding:9px 0;border-top:1px solid #e7eaee\">"
                + "<div class=\"t\" style=\"font-size:14px;line-height:20px;color:#1d2733;" + BREAK + "\">"
                + "<span class=\"s\" style=\"" + MONO + "font-size:13px;color:#5b6775\">" + escape(event.when())
                + "</span>&nbsp; " + tag(event.tag()) + what(event) + "</div>" + detail(event) + link(event)
                + "</td></tr>\n";
    }

    private static String tag(Block.Tag tag) {
        String hot = tag.tone() == Tone.ALARM ? " class=\"hot\"" : "";
        return tag.word().isEmpty()
                ? ""
                : "<b" + hot + " style=\"color:" + tag.tone().color() + "\">" + escape(tag.word()) + "</b>&nbsp; ";
    }

    /** What has no tag is an entry of a list, and leads where its link leads. */
    private static String what(Block.Event event) {
        return entry(event)
                ? "<a class=\"a\" href=\"" + escape(event.url()) + "\" style=\"color:#1f4e8c\">" + escape(event.what())
                        + "</a>"
                : escape(event.what());
    }

    private static boolean entry(Block.Event event) {
        return event.tag().equals(Block.Tag.NONE) && !event.url().isEmpty();
    }

    private static String detail(Block.Event event) {
        return event.detail().isEmpty()
                ? ""
                : "<div class=\"s\" style=\"margin-top:2px;" + SMALL + BREAK + "\">" + lines(event.detail()) + "</div>";
    }

    private static String link(Block.Event event) {
        return event.url().isEmpty() || entry(event)
                ? ""
                : "<div style=\"margin-top:2px;font-size:13px;line-height:19px\"><a class=\"a\" href=\""
                        + escape(event.url()) + "\" style=\"color:#1f4e8c\">See the events</a></div>";
    }
}
