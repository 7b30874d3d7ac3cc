package belfry.tools.demo;

import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Reads the server's built-in mailbox, and follows links as the reader of a mail would. */
final class Mailbox implements AutoCloseable {
    private static final Pattern CONFIRM_LINK = Pattern.compile("https?://\\S+/_belfry/confirm\\?\\S+");

    private final URI server;
    private final HttpClient http = HttpClient.newHttpClient();

    Mailbox(URI server) {
        this.server = server;
    }

    /** The newest mail whose subject contains {@code subject}. */
    Optional<JsonNode> find(String subject) {
        JsonNode mails = Json.parse(get(server.resolve("/_belfry/mail")));
        return StreamSupport.stream(mails.spliterator(), false)
                .filter(mail -> mail.path("subject").asText().contains(subject))
                .reduce((first, second) -> second);
    }

    /** Follows the confirmation link in a mail. */
    void confirm(JsonNode mail) {
        Matcher link = CONFIRM_LINK.matcher(mail.path("text").asText());
        if (!link.find()) {
            throw new IllegalStateException("the confirmation mail holds no link");
        }
        get(URI.create(link.group()));
    }

    private String get(URI uri) {
        try {
            HttpResponse<String> answer =
                    http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(uri.getPath() + " answered " + answer.statusCode());
            }
            return answer.body();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
