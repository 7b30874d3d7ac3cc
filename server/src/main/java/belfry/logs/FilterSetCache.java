package belfry.logs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compiled filters by what defines them: equal definitions compile to the same, so nothing here goes stale. */
final class FilterSetCache implements FilterResults.Compiler {
    private static final int SETS_MAX = 200;

    private final Map<List<FilterDefinition>, FilterSet> sets = new LinkedHashMap<>(64, 0.75f, true);

    /** Called by one thread at a time. */
    @Override
    public FilterSet compile(List<FilterDefinition> definitions) {
        FilterSet found = sets.get(definitions);
        if (found != null) {
            return found;
        }
        FilterSet made = new FilterSet(definitions);
        sets.put(definitions, made);
        if (sets.size() > SETS_MAX) {
            sets.remove(sets.keySet().iterator().next());
        }
        return made;
    }
}
