package belfry.gateway;

/** Answers requests below one path prefix that are no AWS API calls: health, mailbox, pages that mails link to. */
@FunctionalInterface
public interface Endpoint {
    /** What was asked: the path below the prefix, the raw query string, the body. */
    record Request(String method, String path, java.util.Map<String, String> query, byte[] body) {}

    /** What is answered. */
    record Response(int status, String contentType, byte[] body) {}

    Response answer(Request request);
}
