package belfry.trail;

import belfry.trail.Selectors.Advanced;
import belfry.trail.Selectors.AdvancedSelector;
import belfry.trail.Selectors.FieldSelector;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which fields and operators an advanced selector of a trail may have. */
final class AdvancedRules {
    private static final int CONDITIONS_MAX = 500;
    private static final Pattern TYPE = Pattern.compile("AWS::[A-Za-z0-9]+::[A-Za-z0-9]+");
    private static final Set<String> EXCLUDABLE = Set.of("kms.amazonaws.com", "rdsdata.amazonaws.com");

    /** The fields of each category. */
    private static final Map<String, Set<String>> FIELDS = Map.of(
            "Management", Set.of("eventCategory", "eventSource", "readOnly"),
            "Data",
                    Set.of(
                            "eventCategory",
                            "eventName",
                            "eventSource",
                            "eventType",
                            "readOnly",
                            "resources.type",
                            "resources.ARN",
                            "userIdentity.arn",
                            "sessionCredentialFromConsole"),
            "NetworkActivity", Set.of("eventCategory", "eventSource", "eventName", "errorCode", "vpcEndpointId"));

    private AdvancedRules() {}

    static void check(Advanced selectors) {
        int conditions = selectors.selectors().stream()
                .flatMap(selector -> selector.fields().stream())
                .mapToInt(FieldSelector::conditions)
                .sum();
        if (conditions > CONDITIONS_MAX) {
            throw SelectorRules.invalid("A trail can have at most " + CONDITIONS_MAX + " conditions in all.");
        }
        selectors.selectors().forEach(AdvancedRules::check);
    }

    private static void check(AdvancedSelector selector) {
        String category = single(selector, "eventCategory")
                .orElseThrow(() -> SelectorRules.invalid("The field eventCategory is required, with one value."));
        Set<String> fields = FIELDS.get(category);
        if (fields == null) {
            throw SelectorRules.invalid("The value " + category + " of eventCategory is not valid for a trail.");
        }
        Set<String> seen = new HashSet<>();
        for (FieldSelector field : selector.fields()) {
            if (!fields.contains(field.field())) {
                throw SelectorRules.invalid(
                        "The field " + field.field() + " is not valid for " + category + " events.");
            }
            if (!seen.add(field.field())) {
                throw SelectorRules.invalid("The field " + field.field() + " is given more than once.");
            }
            check(category, field);
        }
        if (category.equals("Data")) {
            checkType(selector);
        }
        if (category.equals("NetworkActivity")
                && single(selector, "eventSource").isEmpty()) {
            throw SelectorRules.invalid("Network activity events need one eventSource.");
        }
    }

    private static void checkType(AdvancedSelector selector) {
        String type = single(selector, "resources.type")
                .orElseThrow(() -> SelectorRules.invalid("Data events need resources.type, with one value."));
        if (!TYPE.matcher(type).matches()) {
            throw SelectorRules.invalid("The resource type " + type + " is not valid.");
        }
    }

    private static void check(String category, FieldSelector field) {
        if (field.conditions() == 0) {
            throw SelectorRules.invalid("The field " + field.field() + " has no condition.");
        }
        switch (field.field()) {
            case "eventCategory", "resources.type" -> onlyEquals(field);
            case "readOnly", "sessionCredentialFromConsole" -> {
                onlyEquals(field);
                if (field.equalTo().size() != 1
                        || !List.of("true", "false").contains(field.equalTo().getFirst())) {
                    throw SelectorRules.invalid("The field " + field.field() + " must equal true or false.");
                }
            }
            case "eventSource" -> {
                boolean excludes =
                        field.conditions() == field.notEquals().size() && EXCLUDABLE.containsAll(field.notEquals());
                if (category.equals("Management") && !excludes) {
                    throw SelectorRules.invalid("For management events, eventSource can only be NotEquals"
                            + " kms.amazonaws.com or rdsdata.amazonaws.com.");
                }
            }
            default -> {}
        }
    }

    private static void onlyEquals(FieldSelector field) {
        if (field.conditions() != field.equalTo().size()) {
            throw SelectorRules.invalid("The field " + field.field() + " takes the operator Equals only.");
        }
    }

    /** The one value that the field must equal. */
    private static Optional<String> single(AdvancedSelector selector, String name) {
        return selector.fields().stream()
                .filter(field -> field.field().equals(name))
                .filter(field -> field.equalTo().size() == 1)
                .map(field -> field.equalTo().getFirst())
                .findFirst();
    }
}
