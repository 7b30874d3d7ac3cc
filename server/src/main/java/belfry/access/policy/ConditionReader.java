package belfry.access.policy;

import belfry.access.policy.Condition.Over;
import belfry.access.policy.MalformedPolicyException.Part;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code Condition}: operators, each with keys, each with values. */
final class ConditionReader {
    private static final String IF_EXISTS = "IfExists";
    private static final String FOR_ALL = "ForAllValues:";
    private static final String FOR_ANY = "ForAnyValue:";

    private record Named(Operator operator, boolean negated) {}

    private static final Map<String, Named> OPERATORS = operators();

    private final boolean variables;

    ConditionReader(boolean variables) {
        this.variables = variables;
    }

    List<Condition> read(JsonNode json) {
        if (!json.isObject()) {
            throw new MalformedPolicyException(Part.CONDITION, "Condition must be an object");
        }
        List<Condition> conditions = new ArrayList<>();
        for (Map.Entry<String, JsonNode> operator : json.properties()) {
            if (!operator.getValue().isObject()) {
                throw new MalformedPolicyException(Part.CONDITION, "a condition operator must hold an object");
            }
            for (Map.Entry<String, JsonNode> key : operator.getValue().properties()) {
                conditions.add(condition(operator.getKey(), key.getKey(), key.getValue()));
            }
        }
        return conditions;
    }

    private Condition condition(String written, String key, JsonNode json) {
        List<String> values = StatementReader.texts(json, Part.CONDITION);
        if (written.equals("Null")) {
            return new Condition.Absent(
                    key, values.stream().map(Boolean::parseBoolean).toList());
        }
        Over over = written.startsWith(FOR_ALL) ? Over.ALL : written.startsWith(FOR_ANY) ? Over.ANY : Over.SINGLE;
        String bare = over == Over.SINGLE ? written : written.substring(written.indexOf(':') + 1);
        boolean ifExists = bare.endsWith(IF_EXISTS);
        Named named = OPERATORS.get(ifExists ? bare.substring(0, bare.length() - IF_EXISTS.length()) : bare);
        if (named == null) {
            throw new MalformedPolicyException(Part.CONDITION, "Invalid Condition type : " + written);
        }
        List<Template> wanted =
                values.stream().map(value -> new Template(value, variables)).toList();
        return new Condition.Compare(named.operator(), named.negated(), ifExists, over, key, wanted);
    }

    private static Map<String, Named> operators() {
        Map<String, Named> operators = new HashMap<>();
        for (Operator operator : Operator.values()) {
            operators.put(operator.policyName(), new Named(operator, false));
            operator.negatedName().ifPresent(name -> operators.put(name, new Named(operator, true)));
        }
        return Map.copyOf(operators);
    }
}
