package belfry.trail;

import belfry.api.cloudtrail.AdvancedEventSelector;
import belfry.api.cloudtrail.AdvancedFieldSelector;
import belfry.api.cloudtrail.PutEventSelectorsRequest;
import belfry.trail.Selectors.Advanced;
import belfry.trail.Selectors.AdvancedSelector;
import belfry.trail.Selectors.Basic;
import belfry.trail.Selectors.DataResource;
import belfry.trail.Selectors.EventSelector;
import belfry.trail.Selectors.FieldSelector;
import belfry.trail.Selectors.ReadWrite;
import belfry.wire.ServiceException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes selectors from the API's shapes and refuses what AWS refuses (semantics: cloudtrail.md §2). */
final class SelectorRules {
    private static final int SELECTORS_MAX = 5;
    private static final int RESOURCES_MAX = 250;
    private static final Set<String> EXCLUDABLE = Set.of("kms.amazonaws.com", "rdsdata.amazonaws.com");
    private static final Set<String> BASIC_TYPES =
            Set.of("AWS::S3::Object", "AWS::Lambda::Function", "AWS::DynamoDB::Table");

    private SelectorRules() {}

    /** @throws ServiceException InvalidEventSelectorsException */
    static Selectors of(PutEventSelectorsRequest in) {
        List<belfry.api.cloudtrail.EventSelector> basic = orEmpty(in.eventSelectors());
        List<AdvancedEventSelector> advanced = orEmpty(in.advancedEventSelectors());
        if (basic.isEmpty() == advanced.isEmpty()) {
            throw invalid("Specify either EventSelectors or AdvancedEventSelectors, and not both.");
        }
        if (advanced.isEmpty()) {
            return basic(basic);
        }
        Advanced selectors =
                new Advanced(advanced.stream().map(SelectorRules::advanced).toList());
        AdvancedRules.check(selectors);
        return selectors;
    }

    private static Selectors basic(List<belfry.api.cloudtrail.EventSelector> selectors) {
        if (selectors.size() > SELECTORS_MAX) {
            throw invalid("A trail can have at most " + SELECTORS_MAX + " event selectors.");
        }
        Basic basic = new Basic(selectors.stream().map(SelectorRules::basic).toList());
        long resources = basic.selectors().stream()
                .flatMap(selector -> selector.data().stream())
                .mapToLong(resource -> resource.values().size())
                .sum();
        if (resources > RESOURCES_MAX) {
            throw invalid("A trail can have at most " + RESOURCES_MAX + " data resources.");
        }
        return basic;
    }

    private static EventSelector basic(belfry.api.cloudtrail.EventSelector selector) {
        boolean management = !Boolean.FALSE.equals(selector.includeManagementEvents());
        List<String> excluded = orEmpty(selector.excludeManagementEventSources());
        for (String source : excluded) {
            if (!EXCLUDABLE.contains(source)) {
                throw invalid("ExcludeManagementEventSources cannot hold " + source + ".");
            }
        }
        if (!management && !excluded.isEmpty()) {
            throw invalid("ExcludeManagementEventSources needs IncludeManagementEvents.");
        }
        List<belfry.api.cloudtrail.DataResource> data = orEmpty(selector.dataResources());
        if (!management && data.isEmpty()) {
            throw invalid("An event selector must select management events or data resources.");
        }
        String readWrite = selector.readWriteType() == null ? "All" : selector.readWriteType();
        return new EventSelector(
                ReadWrite.of(readWrite),
                management,
                data.stream().map(SelectorRules::resource).toList(),
                Set.copyOf(excluded));
    }

    private static DataResource resource(belfry.api.cloudtrail.DataResource resource) {
        String type = resource.type();
        if (type == null || !BASIC_TYPES.contains(type)) {
            throw invalid("Data resource type " + type + " is not valid in EventSelectors; use"
                    + " AdvancedEventSelectors for other types.");
        }
        List<String> values = orEmpty(resource.values());
        String service = switch (type) {
            case "AWS::S3::Object" -> "arn:aws:s3";
            case "AWS::Lambda::Function" -> "arn:aws:lambda";
            default -> "arn:aws:dynamodb";
        };
        for (String value : values) {
            if (!value.equals(service) && !value.startsWith(service + ":")) {
                throw invalid("Value " + value + " for DataResources.Values is invalid.");
            }
        }
        return new DataResource(type, values);
    }

    private static AdvancedSelector advanced(AdvancedEventSelector selector) {
        return new AdvancedSelector(
                selector.name(),
                selector.fieldSelectors().stream().map(SelectorRules::field).toList());
    }

    private static FieldSelector field(AdvancedFieldSelector field) {
        return new FieldSelector(
                field.field(),
                orEmpty(field.equals_()),
                orEmpty(field.startsWith()),
                orEmpty(field.endsWith()),
                orEmpty(field.notEquals()),
                orEmpty(field.notStartsWith()),
                orEmpty(field.notEndsWith()));
    }

    static ServiceException invalid(String message) {
        return ServiceException.of("InvalidEventSelectorsException", message);
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
