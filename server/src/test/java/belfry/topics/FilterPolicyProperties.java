package belfry.topics;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Matching against an oracle that reads the policy as sns.md §7 words it, value by value. */
class FilterPolicyProperties {
    private static final List<String> WORDS = List.of("a", "ab", "abc", "b", "ba", "A", "Ab", "c");

    @Property(tries = 1_000)
    void matchesAsTheOracleDoes(
            @ForAll("policies") JsonNode policy, @ForAll("messages") SortedMap<String, MessageAttribute> attributes) {
        Message message = new Message(null, "x", Map.of(), attributes);
        boolean wanted = FilterPolicy.wanted(Map.of("FilterPolicy", Json.write(policy)), message);
        assertThat(wanted).as("%s of %s", attributes, policy).isEqualTo(wants(policy, attributes));
    }

    private static boolean wants(JsonNode policy, Map<String, MessageAttribute> attributes) {
        return policy.propertyStream().allMatch(member -> {
            if (member.getKey().equals("$or")) {
                return member.getValue().valueStream().anyMatch(choice -> wants(choice, attributes));
            }
            List<JsonNode> values = values(attributes.get(member.getKey()));
            return member.getValue().valueStream().anyMatch(one -> matches(one, values));
        });
    }

    private static List<JsonNode> values(@org.jspecify.annotations.Nullable MessageAttribute attribute) {
        if (attribute == null) {
            return List.of();
        }
        if (attribute.number()) {
            return List.of(Json.array().add(new BigDecimal(attribute.value())).get(0));
        }
        if (attribute.type().equals("String.Array")) {
            return new ArrayList<>(Json.parse(attribute.value()).valueStream().toList());
        }
        return List.of(Json.array().add(attribute.value()).get(0));
    }

    private static boolean matches(JsonNode rule, List<JsonNode> values) {
        if (rule.has("exists")) {
            return rule.get("exists").asBoolean() == !values.isEmpty();
        }
        return values.stream().anyMatch(value -> matches(rule, value));
    }

    private static boolean matches(JsonNode rule, JsonNode value) {
        if (!rule.isObject()) {
            return same(rule, value);
        }
        String operator = rule.fieldNames().next();
        JsonNode operand = rule.get(operator);
        return switch (operator) {
            case "prefix" -> value.isTextual() && value.textValue().startsWith(operand.textValue());
            case "suffix" -> value.isTextual() && value.textValue().endsWith(operand.textValue());
            case "equals-ignore-case" ->
                value.isTextual()
                        && value.textValue()
                                .toLowerCase(Locale.ROOT)
                                .equals(operand.textValue().toLowerCase(Locale.ROOT));
            case "wildcard" ->
                value.isTextual() && Pattern.matches(operand.textValue().replace("*", ".*"), value.textValue());
            case "anything-but" ->
                operand.has("prefix")
                        ? !value.isTextual()
                                || !value.textValue()
                                        .startsWith(operand.get("prefix").textValue())
                        : operand.valueStream().noneMatch(but -> same(but, value));
            case "numeric" ->
                value.isNumber()
                        && value.decimalValue().compareTo(operand.get(1).decimalValue()) >= 0
                        && value.decimalValue().compareTo(operand.get(3).decimalValue()) < 0;
            default -> throw new AssertionError(operator);
        };
    }

    private static boolean same(JsonNode rule, JsonNode value) {
        return (rule.isNumber() && value.isNumber())
                ? rule.decimalValue().compareTo(value.decimalValue()) == 0
                : rule.equals(value);
    }

    @Provide
    Arbitrary<JsonNode> policies() {
        Arbitrary<JsonNode> plain = Combinators.combine(
                        Arbitraries.of("p", "q"), rules().list().ofMinSize(1).ofMaxSize(3))
                .as((key, rules) -> {
                    ArrayNode array = Json.object().putArray(key);
                    rules.forEach(array::add);
                    return Json.object().set(key, array);
                });
        Arbitrary<JsonNode> choice = Combinators.combine(plain, plain).as((one, other) -> {
            ObjectNode policy = Json.object();
            policy.putArray("$or").add(one).add(other);
            return policy;
        });
        return Arbitraries.oneOf(plain, plain, choice);
    }

    private static Arbitrary<JsonNode> rules() {
        Arbitrary<String> word = Arbitraries.of(WORDS);
        Arbitrary<JsonNode> withWord = Combinators.combine(
                        Arbitraries.of("prefix", "suffix", "equals-ignore-case"), word)
                .as((operator, text) -> Json.object().put(operator, text));
        Arbitrary<JsonNode> wildcard = word.map(text -> Json.object().put("wildcard", text.charAt(0) + "*" + text));
        Arbitrary<JsonNode> exact = word.map(text -> Json.array().add(text).get(0));
        Arbitrary<JsonNode> number = Arbitraries.integers()
                .between(-3, 3)
                .map(n -> Json.array().add(n).get(0));
        Arbitrary<JsonNode> range = Combinators.combine(
                        Arbitraries.integers().between(-3, 0),
                        Arbitraries.integers().between(1, 3))
                .as((from, to) -> {
                    ObjectNode rule = Json.object();
                    rule.putArray("numeric").add(">=").add(from).add("<").add(to);
                    return rule;
                });
        Arbitrary<JsonNode> but = word.list().ofMinSize(1).ofMaxSize(3).map(words -> {
            ObjectNode rule = Json.object();
            words.forEach(rule.putArray("anything-but")::add);
            return rule;
        });
        Arbitrary<JsonNode> butPrefix = word.map(text -> {
            ObjectNode rule = Json.object();
            rule.putObject("anything-but").put("prefix", text);
            return rule;
        });
        Arbitrary<JsonNode> exists =
                Arbitraries.of(true, false).map(is -> Json.object().put("exists", is));
        return Arbitraries.oneOf(withWord, wildcard, exact, number, range, but, butPrefix, exists);
    }

    @Provide
    Arbitrary<SortedMap<String, MessageAttribute>> messages() {
        Arbitrary<MessageAttribute> text = Arbitraries.of(WORDS).map(word -> new MessageAttribute("String", word));
        Arbitrary<MessageAttribute> number = Arbitraries.integers()
                .between(-4, 4)
                .map(n -> new MessageAttribute("Number", n + (n % 2 == 0 ? ".0" : "")));
        Arbitrary<MessageAttribute> array = Arbitraries.of(WORDS)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(words -> {
                    ArrayNode json = Json.array();
                    words.forEach(json::add);
                    return new MessageAttribute("String.Array", Json.write(json));
                });
        return Arbitraries.maps(Arbitraries.of("p", "q"), Arbitraries.oneOf(text, number, array))
                .map(TreeMap::new);
    }
}
