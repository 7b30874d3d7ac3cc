package belfry.logs;

import belfry.api.logs.QueryDefinition;
import belfry.api.logs.QueryParameter;
import belfry.base.Json;
import belfry.store.Row;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A saved query as stored.
 *
 * @param query byte for byte as it was put
 * @param modified epoch milliseconds
 */
record QueryDefinitionRow(
        String id,
        String name,
        String language,
        String query,
        List<String> logGroups,
        List<QueryParameter> parameters,
        long modified) {
    static final String COLUMNS = "id, name, language, query, log_groups, parameters, modified";

    static QueryDefinitionRow of(Row row) {
        return new QueryDefinitionRow(
                row.text(1),
                row.text(2),
                row.text(3),
                row.text(4),
                items(row.text(5)).map(JsonNode::asText).toList(),
                items(row.text(6)).map(QueryDefinitionRow::parameter).toList(),
                row.number(7));
    }

    String logGroupsJson() {
        ArrayNode names = Json.array();
        logGroups.forEach(names::add);
        return Json.write(names);
    }

    String parametersJson() {
        ArrayNode all = Json.array();
        for (QueryParameter parameter : parameters) {
            ObjectNode one = all.addObject().put("name", parameter.name());
            one.put("defaultValue", parameter.defaultValue()).put("description", parameter.description());
        }
        return Json.write(all);
    }

    QueryDefinition show() {
        return new QueryDefinition()
                .queryDefinitionId(id)
                .name(name)
                .queryLanguage(language)
                .queryString(query)
                .lastModified(modified)
                .logGroupNames(logGroups)
                .parameters(parameters.isEmpty() ? null : parameters);
    }

    private static QueryParameter parameter(JsonNode stored) {
        return new QueryParameter()
                .name(stored.path("name").asText())
                .defaultValue(textOrNull(stored.path("defaultValue")))
                .description(textOrNull(stored.path("description")));
    }

    private static @Nullable String textOrNull(JsonNode node) {
        return node.isTextual() ? node.asText() : null;
    }

    private static Stream<JsonNode> items(String json) {
        return StreamSupport.stream(Json.parse(json).spliterator(), false);
    }
}
