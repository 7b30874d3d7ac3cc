package belfry.delivery.web;

import belfry.base.Json;
import belfry.topics.Errand;
import belfry.topics.TextGateway;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where text messages are handed over. {@code twilio+https://SID:TOKEN@host/path} takes Twilio's form ({@code To},
 * {@code From}, {@code Body}); {@code json+https://…} or a plain URL takes
 * {@code {"to":…,"from":…,"message":…,"messageId":…}}, and {@code "type"} where one was given. User and password become an {@code Authorization} header.
 *
 * @param from the sender's number or name; empty where the gateway knows it
 */
public record SmsGateway(Form form, URI url, String from) {
    private static final int OPTED_OUT = 21_610;

    /** What the gateway reads. */
    public enum Form {
        TWILIO("application/x-www-form-urlencoded"),
        JSON("application/json");

        private final String contentType;

        Form(String contentType) {
            this.contentType = contentType;
        }

        String contentType() {
            return contentType;
        }
    }

    /** @throws IllegalArgumentException where the text is no such URL; says nothing of what stood in it */
    public static SmsGateway parse(String text, String from) {
        boolean twilio = text.startsWith("twilio+");
        String url = text.startsWith("json+") ? text.substring("json+".length()) : text;
        URI uri;
        try {
            uri = URI.create(twilio ? text.substring("twilio+".length()) : url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a URL", null);
        }
        boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
        if (!web || uri.getHost() == null) {
            throw new IllegalArgumentException("not an http or https URL");
        }
        if (twilio && from.isEmpty()) {
            throw new IllegalArgumentException("Twilio needs a sender");
        }
        return new SmsGateway(twilio ? Form.TWILIO : Form.JSON, uri, from);
    }

    /** What it can be told. */
    public TextGateway kind() {
        return switch (form) {
            case TWILIO -> TextGateway.PLAIN;
            case JSON -> TextGateway.TYPED;
        };
    }

    /**
     * The body to post.
     *
     * @param sender instead of {@link #from}; empty for that
     * @param type {@code Promotional} or {@code Transactional}; empty where nobody said so
     */
    String body(Errand errand, String sender, String type) {
        String who = sender.isEmpty() ? from : sender;
        return switch (form) {
            case TWILIO ->
                "To=" + encoded(errand.endpoint()) + "&From=" + encoded(who) + "&Body=" + encoded(errand.body());
            case JSON -> {
                ObjectNode json = Json.object()
                        .put("to", errand.endpoint())
                        .put("from", who)
                        .put("message", errand.body())
                        .put("messageId", errand.messageId());
                yield Json.write(type.isEmpty() ? json : json.put("type", type));
            }
        };
    }

    /** Whether an answer to a message says that the number's owner wants none: Twilio's code 21610, in either form. */
    static boolean optedOut(int status, String answer) {
        if (status < 400 || status >= 500) {
            return false;
        }
        try {
            return Json.parse(answer).path("code").asInt() == OPTED_OUT;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Never prints the password. */
    @Override
    public String toString() {
        return form + " at " + url.getHost();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
