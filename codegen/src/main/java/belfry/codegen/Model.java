package belfry.codegen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One service description: its metadata, operations and shapes, read through the few questions the writers ask. */
record Model(String service, JsonNode root) {
    /** One operation; a shape name is absent where the operation takes or returns nothing. */
    record Operation(String name, Optional<String> input, Optional<String> output) {}

    /** One member of a structure: its name in the description, its Java name and its Java type. */
    record Member(String name, String javaName, String javaType) {}

    static Model load(Path file) throws IOException {
        String fileName = file.getFileName().toString();
        return new Model(
                fileName.substring(0, fileName.length() - ".json".length()),
                new ObjectMapper().readTree(file.toFile()));
    }

    String packageName() {
        return "belfry.api." + service;
    }

    /** The start of the generated type names, from the service's own id: Secrets Manager → SecretsManager. */
    String typePrefix() {
        return Names.serviceType(metadata("serviceId").orElseThrow());
    }

    Optional<String> metadata(String key) {
        return Optional.ofNullable(root.get("metadata").get(key)).map(JsonNode::asText);
    }

    List<String> metadataList(String key) {
        List<String> values = new ArrayList<>();
        root.get("metadata").path(key).forEach(v -> values.add(v.asText()));
        return values;
    }

    boolean queryCompatible() {
        return root.get("metadata").has("awsQueryCompatible");
    }

    List<Operation> operations() {
        return entries(root.get("operations"))
                .map(e -> new Operation(
                        e.getKey(),
                        text(e.getValue().path("input"), "shape"),
                        text(e.getValue().path("output"), "shape")))
                .toList();
    }

    /** Structures that get a class: all but errors, whose codes and statuses stay in the runtime model. */
    List<String> structures() {
        return entries(root.get("shapes"))
                .filter(e -> e.getValue().get("type").asText().equals("structure"))
                .filter(e -> !e.getValue().path("exception").asBoolean())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    List<Member> members(String structure) {
        return entries(shape(structure).get("members"))
                .map(e -> new Member(e.getKey(), Names.member(e.getKey()), memberType(e.getValue())))
                .toList();
    }

    String structureType(String shape) {
        return packageName() + "." + Names.structure(typePrefix(), shape);
    }

    private String memberType(JsonNode member) {
        return member.path("streaming").asBoolean()
                ? "belfry.wire.Body"
                : javaType(member.get("shape").asText());
    }

    private String javaType(String name) {
        JsonNode shape = shape(name);
        return switch (shape.get("type").asText()) {
            case "structure" -> shape.path("exception").asBoolean() ? "belfry.wire.Struct" : structureType(name);
            case "list" -> "java.util.List<" + javaType(target(shape, "member")) + ">";
            case "map" -> "java.util.Map<java.lang.String, " + javaType(target(shape, "value")) + ">";
            case "string" -> "java.lang.String";
            case "integer" -> "java.lang.Integer";
            case "long" -> "java.lang.Long";
            case "float" -> "java.lang.Float";
            case "double" -> "java.lang.Double";
            case "boolean" -> "java.lang.Boolean";
            case "blob" -> "byte[]";
            case "timestamp" -> "java.time.Instant";
            default -> throw new IllegalStateException("unknown type of shape " + name + ": " + shape);
        };
    }

    private JsonNode shape(String name) {
        return root.get("shapes").get(name);
    }

    private static String target(JsonNode shape, String part) {
        return shape.get(part).get("shape").asText();
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field)).map(JsonNode::asText);
    }

    private static Stream<Map.Entry<String, JsonNode>> entries(JsonNode object) {
        return object.properties().stream();
    }
}
