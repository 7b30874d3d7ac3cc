package belfry.gateway;

import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Answers requests below {@code /_belfry/} that are no AWS API calls: health, mailbox, pages that mails link to. */
@FunctionalInterface
public interface Endpoint {
    /**
     * What was asked.
     *
     * @param method in capitals
     * @param query the decoded query parameters; of a repeated one the last
     * @param body at most 1 MiB
     * @param browser whether a person looks, who is better served with a page than with JSON
     */
    record Request(String method, Map<String, String> query, byte[] body, boolean browser) {
        /** A program's. */
        public Request(String method, Map<String, String> query, byte[] body) {
            this(method, query, body, false);
        }

        /**
         * The form that a browser posted.
         *
         * @return decoded fields
         */
        public Map<String, String> form() {
            return Queries.parse(new String(body, StandardCharsets.UTF_8));
        }
    }

    /** What is answered. */
    record Response(int status, String contentType, byte[] body) {
        public static Response json(int status, JsonNode node) {
            return new Response(
                    status, "application/json", (Json.pretty(node) + "\n").getBytes(StandardCharsets.UTF_8));
        }

        public static Response html(int status, String page) {
            return new Response(status, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
        }

        /** A sentence about what went wrong. */
        public static Response mistake(int status, String message) {
            return json(status, Json.object().put("message", message));
        }
    }

    Response answer(Request request);

    /** One that answers only requests that the account's root has signed, as for S3. */
    record RootOnly(Endpoint page) implements Endpoint {
        @Override
        public Response answer(Request request) {
            return page.answer(request);
        }
    }
}
