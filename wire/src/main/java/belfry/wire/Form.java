package belfry.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a Query request as the tree that their dotted names mean: {@code Tags.member.1.Key=a} is the node
 * {@code Tags → member → 1 → Key} with the text {@code a}.
 */
final class Form {
    /** More parameters than any request AWS takes (PutMetricData: 1,000 datums of 30 dimensions). */
    static final int MAX_PARAMETERS = 100_000;

    /** Deeper names than any description has. */
    static final int MAX_DEPTH = 24;

    private final Map<String, Form> children = new LinkedHashMap<>();
    private @Nullable String text;

    private Form() {}

    /** Parses a form body or a URL's query. */
    static Form parse(String encoded) {
        Form root = new Form();
        int count = 0;
        for (int start = 0; start < encoded.length(); ) {
            int end = encoded.indexOf('&', start);
            end = end < 0 ? encoded.length() : end;
            if (end > start) {
                if (++count > MAX_PARAMETERS) {
                    throw malformed("The request has too many parameters.");
                }
                root.put(encoded.substring(start, end));
            }
            start = end + 1;
        }
        return root;
    }

    static Form parse(byte[] body) {
        return parse(new String(body, StandardCharsets.UTF_8));
    }

    private void put(String pair) {
        int equals = pair.indexOf('=');
        String name = Percent.decodeForm(equals < 0 ? pair : pair.substring(0, equals));
        Form node = this;
        int depth = 0;
        for (String part : name.split("\\.", -1)) {
            if (++depth > MAX_DEPTH) {
                throw malformed("The request has a parameter that is nested too deeply.");
            }
            node = node.children.computeIfAbsent(part, p -> new Form());
        }
        node.text = equals < 0 ? "" : Percent.decodeForm(pair.substring(equals + 1));
    }

    /** Sets a parameter that is no part of the form. */
    void put(String name, String value) {
        children.computeIfAbsent(name, n -> new Form()).text = value;
    }

    private static ServiceException malformed(String message) {
        return ServiceException.of("MalformedQueryString", 400, message);
    }

    /** The node's own text; null where only deeper parameters exist. */
    @Nullable
    String text() {
        return text;
    }

    @Nullable
    Form child(String name) {
        return children.get(name);
    }

    @Nullable
    String text(String name) {
        Form child = children.get(name);
        return child == null ? null : child.text;
    }

    /** The nodes with numbers for names, by number; clients count from 1, but gaps do no harm. */
    List<Form> numbered() {
        List<Map.Entry<Integer, Form>> items = new ArrayList<>();
        children.forEach((name, node) -> {
            if (!name.isEmpty() && name.length() <= 9 && name.chars().allMatch(c -> c >= '0' && c <= '9')) {
                items.add(Map.entry(Integer.valueOf(name), node));
            }
        });
        items.sort(Map.Entry.comparingByKey());
        return items.stream().map(Map.Entry::getValue).toList();
    }
}
