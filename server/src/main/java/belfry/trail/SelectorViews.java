package belfry.trail;

import belfry.api.cloudtrail.AdvancedEventSelector;
import belfry.api.cloudtrail.AdvancedFieldSelector;
import belfry.api.cloudtrail.DataResource;
import belfry.api.cloudtrail.EventSelector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Selectors in the API's shapes. */
final class SelectorViews {
    private SelectorViews() {}

    /** Null where the trail has advanced selectors. */
    static @Nullable List<EventSelector> basic(Selectors selectors) {
        return selectors instanceof Selectors.Basic basic
                ? basic.selectors().stream().map(SelectorViews::basic).toList()
                : null;
    }

    /** Null where the trail has basic selectors. */
    static @Nullable List<AdvancedEventSelector> advanced(Selectors selectors) {
        return selectors instanceof Selectors.Advanced advanced
                ? advanced.selectors().stream().map(SelectorViews::advanced).toList()
                : null;
    }

    private static EventSelector basic(Selectors.EventSelector selector) {
        return new EventSelector()
                .readWriteType(selector.readWrite().text())
                .includeManagementEvents(selector.management())
                .dataResources(selector.data().stream()
                        .map(data -> new DataResource().type(data.type()).values(data.values()))
                        .toList())
                .excludeManagementEventSources(
                        selector.excluded().stream().sorted().toList());
    }

    private static AdvancedEventSelector advanced(Selectors.AdvancedSelector selector) {
        return new AdvancedEventSelector()
                .name(selector.name())
                .fieldSelectors(
                        selector.fields().stream().map(SelectorViews::field).toList());
    }

    private static AdvancedFieldSelector field(Selectors.FieldSelector field) {
        return new AdvancedFieldSelector()
                .field(field.field())
                .equals_(given(field.equalTo()))
                .startsWith(given(field.startsWith()))
                .endsWith(given(field.endsWith()))
                .notEquals(given(field.notEquals()))
                .notStartsWith(given(field.notStartsWith()))
                .notEndsWith(given(field.notEndsWith()));
    }

    private static @Nullable List<String> given(List<String> values) {
        return values.isEmpty() ? null : values;
    }
}
