package belfry.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a service description.
 *
 * @param input null where the operation takes nothing
 * @param inputRoot the root element of an XML input, or null
 * @param output null where the operation returns nothing
 * @param resultWrapper Query's element around the output, or null
 * @param errors the declared error shapes
 * @param method HTTP method of a REST operation
 * @param uri path template with fixed query parameters, as {@code /{Bucket}/{Key+}?tagging}
 * @param status HTTP status of success
 * @param unsigned true where the operation is called without a signature (STS with SAML or web identity)
 * @param deprecated true where a newer operation has the same address
 */
public record Operation(
        String name,
        @Nullable Shape input,
        @Nullable String inputRoot,
        @Nullable Shape output,
        @Nullable String resultWrapper,
        List<String> errors,
        String method,
        String uri,
        int status,
        boolean unsigned,
        boolean deprecated) {

    static Operation read(ServiceModel model, String name, ModelJson json) {
        return new Operation(
                name,
                shape(model, json.at("input")),
                json.at("input").at("locationName").text(),
                shape(model, json.at("output")),
                json.at("output").at("resultWrapper").text(),
                json.at("errors").items().stream()
                        .map(e -> e.at("shape").textOr(""))
                        .toList(),
                json.at("http").at("method").textOr("POST"),
                json.at("http").at("requestUri").textOr("/"),
                json.at("http").at("responseCode").intOr(200),
                "none".equals(json.at("authtype").text()),
                json.at("deprecated").isTrue());
    }

    private static @Nullable Shape shape(ServiceModel model, ModelJson io) {
        String name = io.at("shape").text();
        return name == null ? null : model.shape(name);
    }
}
