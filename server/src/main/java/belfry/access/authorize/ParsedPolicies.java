package belfry.access.authorize;

import belfry.access.policy.PolicyDocument;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Policies parsed once: keyed by their text, which means the same for ever. */
public final class ParsedPolicies {
    private static final int MOST = 4_096;

    private final Map<String, PolicyDocument> parsed = new ConcurrentHashMap<>();

    /** @throws belfry.access.policy.MalformedPolicyException where the text is no policy */
    public PolicyDocument parse(String text) {
        PolicyDocument known = parsed.get(text);
        if (known != null) {
            return known;
        }
        if (parsed.size() >= MOST) {
            parsed.clear();
        }
        return parsed.computeIfAbsent(text, PolicyDocument::parse);
    }
}
