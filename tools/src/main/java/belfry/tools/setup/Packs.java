package belfry.tools.setup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The detections that come with Belfry, by pack: the files of {@code detections/}, which the build puts into the jar. */
public final class Packs {
    private static final String FOLDER = "/belfry/detections/";
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** A pack: what it is about, and the texts of its detections in their order. */
    public record Pack(String name, String about, List<String> texts) {
        public Pack {
            texts = List.copyOf(texts);
        }

        /**
         * Its detections, each <code>${name}</code> replaced.
         *
         * @param parameters by name, all values that it shall be set up for; a detection whose parameter has none is left out
         */
        public List<Detection> detections(Map<String, List<String>> parameters) {
            return texts.stream()
                    .flatMap(text -> bind(text, parameters).stream())
                    .toList();
        }
    }

    private Packs() {}

    /** All packs, in the order of {@code packs.json}. */
    public static List<Pack> all() {
        List<Pack> packs = new ArrayList<>();
        parse(read("packs.json")).properties().forEach(entry -> {
            List<String> texts = new ArrayList<>();
            entry.getValue()
                    .path("detections")
                    .forEach(id -> texts.add(read(entry.getKey() + "/" + id.asText() + ".json")));
            packs.add(new Pack(entry.getKey(), entry.getValue().path("about").asText(), texts));
        });
        return packs;
    }

    /** The detection as it stands in its file, parameters and all. */
    public static Detection detection(String text) {
        return read(parse(text));
    }

    private static List<Detection> bind(String text, Map<String, List<String>> parameters) {
        Detection detection = detection(text);
        List<Map<String, String>> bindings = new ArrayList<>(List.of(Map.of()));
        for (String name : detection.parameters()) {
            bindings = bindings.stream()
                    .flatMap(binding -> parameters.getOrDefault(name, List.of()).stream()
                            .map(value -> {
                                Map<String, String> more = new LinkedHashMap<>(binding);
                                more.put(name, value);
                                return more;
                            }))
                    .collect(Collectors.toList());
        }
        return bindings.stream().map(binding -> bound(text, binding)).toList();
    }

    private static Detection bound(String text, Map<String, String> binding) {
        String filled = text;
        for (var value : binding.entrySet()) {
            filled = filled.replace("${" + value.getKey() + "}", value.getValue());
        }
        return detection(filled);
    }

    private static Detection read(JsonNode json) {
        JsonNode metric = json.path("metric");
        JsonNode alarm = json.path("alarm");
        List<String> attack = new ArrayList<>();
        json.path("attack").forEach(technique -> attack.add(technique.asText()));
        return new Detection(
                text(json, "id"),
                text(json, "name"),
                text(json, "why"),
                attack,
                text(json, "source"),
                text(json, "pattern"),
                new Detection.Metric(text(metric, "namespace"), text(metric, "name"), text(metric, "value")),
                new Detection.Threshold(
                        text(alarm, "statistic"),
                        number(alarm, "period").intValue(),
                        text(alarm, "comparison"),
                        number(alarm, "threshold").doubleValue(),
                        number(alarm, "evaluationPeriods").intValue(),
                        number(alarm, "datapointsToAlarm").intValue(),
                        text(alarm, "treatMissingData")),
                json.path("fires"),
                json.path("silent"));
    }

    private static String text(JsonNode json, String field) {
        if (!json.path(field).isTextual()) {
            throw new IllegalArgumentException("no " + field);
        }
        return json.path(field).asText();
    }

    private static JsonNode number(JsonNode json, String field) {
        if (!json.path(field).isNumber()) {
            throw new IllegalArgumentException("no number " + field);
        }
        return json.path(field);
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static String read(String name) {
        try (InputStream in = Packs.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("this build has no " + FOLDER + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
