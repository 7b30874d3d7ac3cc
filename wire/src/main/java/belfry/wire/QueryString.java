package belfry.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a URL's query, decoded, in their order.
 *
 * @param parameters names with their values; a name without an equals sign has an empty value
 */
record QueryString(List<Parameter> parameters) {
    /** More parameters than any AWS request has; each costs work while routing. */
    static final int MAX_PARAMETERS = 1_000;

    record Parameter(String name, String value) {}

    static QueryString parse(String rawQuery) {
        List<Parameter> parameters = new ArrayList<>();
        for (int start = 0; start < rawQuery.length(); ) {
            int end = rawQuery.indexOf('&', start);
            String part = rawQuery.substring(start, end < 0 ? rawQuery.length() : end);
            if (!part.isEmpty()) {
                parameters.add(parameter(part));
            }
            if (parameters.size() > MAX_PARAMETERS) {
                throw ServiceException.of("InvalidURI", "Too many query parameters.");
            }
            start += part.length() + 1;
        }
        return new QueryString(List.copyOf(parameters));
    }

    private static Parameter parameter(String part) {
        int equals = part.indexOf('=');
        return equals < 0
                ? new Parameter(Percent.decode(part), "")
                : new Parameter(Percent.decode(part.substring(0, equals)), Percent.decode(part.substring(equals + 1)));
    }

    @Nullable
    String first(String name) {
        for (Parameter parameter : parameters) {
            if (parameter.name().equals(name)) {
                return parameter.value();
            }
        }
        return null;
    }

    boolean has(String name) {
        return first(name) != null;
    }
}
