package belfry.wire;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The text whose hash a SigV4 signature covers. */
final class CanonicalRequest {
    /**
     * How a path is written: S3 signs it as it is, all others without dot segments and empty segments, and encoded
     * once more.
     */
    record PathRules(boolean normalize, boolean encodeAgain) {
        static final PathRules S3 = new PathRules(false, false);
        static final PathRules OTHERS = new PathRules(true, true);
    }

    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

    private CanonicalRequest() {}

    /** @param queryParameter which query parameters the signature covers */
    static String of(
            WireRequest request,
            PathRules rules,
            List<String> signedHeaders,
            Predicate<String> queryParameter,
            String payloadHash) {
        StringBuilder text = new StringBuilder(512);
        text.append(request.method()).append('\n');
        text.append(path(request.rawPath(), rules)).append('\n');
        text.append(query(request.rawQuery(), queryParameter)).append('\n');
        for (String name : signedHeaders) {
            text.append(name)
                    .append(':')
                    .append(header(request.headers(), name))
                    .append('\n');
        }
        text.append('\n').append(String.join(";", signedHeaders)).append('\n');
        return text.append(payloadHash).toString();
    }

    static String path(String rawPath, PathRules rules) {
        String path = rawPath.startsWith("/") ? rawPath : "/" + rawPath;
        path = rules.normalize() ? normalized(path) : path;
        return Percent.encode(rules.encodeAgain() ? path : Percent.decode(path), true);
    }

    private static String normalized(String path) {
        Deque<String> kept = new ArrayDeque<>();
        String last = "";
        for (String segment : path.split("/", -1)) {
            last = segment;
            if (segment.equals("..")) {
                kept.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                kept.addLast(segment);
            }
        }
        boolean folder = last.isEmpty() || last.equals(".") || last.equals("..");
        String joined = "/" + String.join("/", kept);
        return folder && !kept.isEmpty() ? joined + "/" : joined;
    }

    private static String query(String rawQuery, Predicate<String> covered) {
        List<String[]> pairs = new ArrayList<>();
        for (QueryString.Parameter p : QueryString.parse(rawQuery).parameters()) {
            if (covered.test(p.name())) {
                pairs.add(new String[] {Percent.encode(p.name(), false), Percent.encode(p.value(), false)});
            }
        }
        pairs.sort((a, b) -> a[0].equals(b[0]) ? a[1].compareTo(b[1]) : a[0].compareTo(b[0]));
        return String.join("&", pairs.stream().map(p -> p[0] + "=" + p[1]).toList());
    }

    private static String header(Headers headers, String name) {
        List<String> values = headers.all(name);
        return String.join(",", values.stream().map(CanonicalRequest::collapsed).toList());
    }

    private static String collapsed(String value) {
        return WHITE_SPACE.matcher(value.strip()).replaceAll(" ");
    }

    /** The names of a SignedHeaders list, in small letters. */
    static List<String> names(String signedHeaders) {
        List<String> names = new ArrayList<>();
        for (String name : signedHeaders.split(";")) {
            names.add(name.strip().toLowerCase(Locale.ROOT));
        }
        return names;
    }
}
