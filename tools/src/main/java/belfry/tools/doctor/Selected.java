package belfry.tools.doctor;

import software.amazon.awssdk.services.cloudtrail.model.AdvancedEventSelector;
import software.amazon.awssdk.services.cloudtrail.model.AdvancedFieldSelector;
import software.amazon.awssdk.services.cloudtrail.model.EventSelector;
import software.amazon.awssdk.services.cloudtrail.model.GetEventSelectorsResponse;
import software.amazon.awssdk.services.cloudtrail.model.ReadWriteType;

/** Whether a trail's selectors take GetSecretValue: a management event of Secrets Manager that only reads. */
final class Selected {
    private static final String SOURCE = "secretsmanager.amazonaws.com";

    private Selected() {}

    static boolean reads(GetEventSelectorsResponse selectors) {
        if (selectors.hasAdvancedEventSelectors()
                && !selectors.advancedEventSelectors().isEmpty()) {
            return selectors.advancedEventSelectors().stream().anyMatch(Selected::takes);
        }
        return selectors.eventSelectors().stream().anyMatch(Selected::takes);
    }

    private static boolean takes(EventSelector selector) {
        return Boolean.TRUE.equals(selector.includeManagementEvents())
                && selector.readWriteType() != ReadWriteType.WRITE_ONLY
                && !selector.excludeManagementEventSources().contains(SOURCE);
    }

    private static boolean takes(AdvancedEventSelector selector) {
        return selector.fieldSelectors().stream().allMatch(Selected::takes);
    }

    private static boolean takes(AdvancedFieldSelector field) {
        String value = switch (field.field()) {
            case "eventCategory" -> "Management";
            case "readOnly" -> "true";
            case "eventSource" -> SOURCE;
            case "eventName" -> "GetSecretValue";
            case "eventType" -> "AwsApiCall";
            default -> null;
        };
        // What depends on the caller may hold for some.
        return value == null
                || ((field.equalsValue().isEmpty() || field.equalsValue().contains(value))
                        && (field.startsWith().isEmpty()
                                || field.startsWith().stream().anyMatch(value::startsWith))
                        && (field.endsWith().isEmpty()
                                || field.endsWith().stream().anyMatch(value::endsWith))
                        && !field.notEquals().contains(value)
                        && field.notStartsWith().stream().noneMatch(value::startsWith)
                        && field.notEndsWith().stream().noneMatch(value::endsWith));
    }
}
