package belfry.delivery.web;

import belfry.base.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where text messages are handed over. {@code twilio+https://SID:TOKEN@host/path} takes Twilio's form ({@code To},
 * {@code From}, {@code Body}); {@code json+https://…} or a plain URL takes
 * {@code {"to":…,"from":…,"message":…,"messageId":…}}. User and password become an {@code Authorization} header.
 *
 * @param from the sender's number or name; empty where the gateway knows it
 */
public record SmsGateway(Form form, URI url, String from) {
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

    /** The body to post. */
    String body(String to, String message, String messageId) {
        return switch (form) {
            case TWILIO -> "To=" + encoded(to) + "&From=" + encoded(from) + "&Body=" + encoded(message);
            case JSON ->
                Json.write(Json.object()
                        .put("to", to)
                        .put("from", from)
                        .put("message", message)
                        .put("messageId", messageId));
        };
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
