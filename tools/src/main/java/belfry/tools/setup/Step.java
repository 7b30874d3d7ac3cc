package belfry.tools.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One metric filter or alarm: what it shall be, against what is there.
 *
 * @param kind {@code metric filter} or {@code alarm}
 * @param details what would be set, a line each; for a change only what differs
 * @param apply makes it so
 */
record Step(String kind, String name, Verdict verdict, List<String> details, Runnable apply) {

    /** What is to be done. */
    enum Verdict {
        NEW("+"),
        CHANGED("~"),
        SAME("="),
        /** Something of that name is there that setup did not make. */
        NOT_OURS("!");

        private final String sign;

        Verdict(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }
    }

    Step {
        details = List.copyOf(details);
    }

    /** For something that is not there yet. */
    static Step create(String kind, String name, Map<String, String> wanted, Runnable apply) {
        List<String> details = new ArrayList<>();
        wanted.forEach((label, value) -> details.add(line(label, value)));
        return new Step(kind, name, Verdict.NEW, details, apply);
    }

    /** For something of ours that is there; {@code present} has the same labels. */
    static Step compare(
            String kind, String name, Map<String, String> wanted, Map<String, String> present, Runnable apply) {
        List<String> details = new ArrayList<>();
        wanted.forEach((label, value) -> {
            String old = present.getOrDefault(label, "");
            if (!old.equals(value)) {
                details.add(line(label, (old.isEmpty() ? "(none)" : old) + "  →  " + value));
            }
        });
        return new Step(kind, name, details.isEmpty() ? Verdict.SAME : Verdict.CHANGED, details, apply);
    }

    static Step notOurs(String kind, String name, String present) {
        return new Step(kind, name, Verdict.NOT_OURS, List.of(line("is", present)), () -> {});
    }

    private static String line(String label, String value) {
        return String.format("%-11s %s", label, value);
    }
}
