package belfry.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads requests from files as they stand on the wire. */
final class RawRequests {
    private RawRequests() {}

    static WireRequest read(Path file) throws IOException {
        return parse(Files.readString(file, StandardCharsets.UTF_8));
    }

    /** A request whose head ends in CRLF CRLF and whose body may be any bytes. */
    static WireRequest parse(byte[] bytes) {
        String latin = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = latin.indexOf("\r\n\r\n");
        WireRequest head = parse(latin.substring(0, end) + "\n\n");
        return head.withBody(Body.of(Arrays.copyOfRange(bytes, end + 4, bytes.length)));
    }

    /** Head and body, separated by an empty line; header lines that begin with a space continue the one before. */
    static WireRequest parse(String text) {
        String unix = text.replace("\r\n", "\n");
        int end = unix.indexOf("\n\n");
        String head = end < 0 ? unix : unix.substring(0, end);
        String body = end < 0 ? "" : unix.substring(end + 2);
        List<String> lines = unfolded(head);
        String start = lines.get(0);
        int space = start.indexOf(' ');
        String target = start.substring(space + 1, start.lastIndexOf(' '));
        int question = target.indexOf('?');
        Headers.Builder headers = Headers.builder();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return new WireRequest(
                start.substring(0, space),
                question < 0 ? target : target.substring(0, question),
                question < 0 ? "" : target.substring(question + 1),
                headers.build(),
                Body.of(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> unfolded(String head) {
        List<String> lines = new ArrayList<>();
        for (String line : head.split("\n")) {
            if (line.startsWith(" ") && !lines.isEmpty()) {
                lines.set(lines.size() - 1, lines.get(lines.size() - 1) + " " + line.strip());
            } else {
                lines.add(line);
            }
        }
        return lines;
    }

    static WireRequest request(String method, String target, Headers headers, @Nullable String body) {
        int question = target.indexOf('?');
        return new WireRequest(
                method,
                question < 0 ? target : target.substring(0, question),
                question < 0 ? "" : target.substring(question + 1),
                headers,
                Body.of((body == null ? "" : body).getBytes(StandardCharsets.UTF_8)));
    }
}
