package belfry.wire;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** Finds out which operations an implementation has, for documentation and tests; never used while serving. */
public final class Overrides {
    private Overrides() {}

    /** Names out of {@code operations} whose method {@code implementation} overrides, sorted. */
    public static Set<String> of(Class<?> implementation, Class<?> api, Collection<String> operations) {
        Set<String> overridden = new HashSet<>();
        for (Method method : implementation.getMethods()) {
            if (!method.getDeclaringClass().equals(api) && !method.isBridge()) {
                overridden.add(method.getName());
            }
        }
        Set<String> names = new TreeSet<>();
        for (String operation : operations) {
            if (overridden.contains(Character.toLowerCase(operation.charAt(0)) + operation.substring(1))) {
                names.add(operation);
            }
        }
        return names;
    }
}
