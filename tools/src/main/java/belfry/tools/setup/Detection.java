package belfry.tools.setup;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One thing to be told of: a metric filter on CloudTrail's records and the alarm on its metric (semantics/detections.md).
 * Where it needs to know something of the account, such as a secret's name, it says <code>${secret}</code>.
 *
 * @param id unique, such as {@code CloudWatch.1}, with its parameter where it has one; part of the names of filter and alarm
 * @param name one line for people
 * @param why why it deserves a mail
 * @param attack MITRE ATT&amp;CK techniques
 * @param source where the pattern or the threshold comes from
 * @param pattern the filter pattern, byte for byte
 * @param fires a record of which as many as the alarm's threshold must raise it
 * @param silent a record, close to the other, that must not match
 */
public record Detection(
        String id,
        String name,
        String why,
        List<String> attack,
        String source,
        String pattern,
        Metric metric,
        Threshold alarm,
        JsonNode fires,
        JsonNode silent) {
    private static final Pattern PARAMETER = Pattern.compile("\\$\\{(\\w+)}");
    private static final Pattern TECHNIQUE = Pattern.compile("T\\d{4}(\\.\\d{3})?");

    /** The metric that matching records count in; {@code value} is added for each. */
    public record Metric(String namespace, String name, String value) {
        public Metric {
            present("metric", namespace, name, value);
        }
    }

    /** When the metric raises the alarm; CloudWatch's words, {@code period} in seconds. */
    public record Threshold(
            String statistic,
            int period,
            String comparison,
            double threshold,
            int evaluationPeriods,
            int datapointsToAlarm,
            String treatMissingData) {
        public Threshold {
            present("alarm", statistic, comparison, treatMissingData);
            if (period < 60
                    || evaluationPeriods < 1
                    || datapointsToAlarm < 1
                    || datapointsToAlarm > evaluationPeriods) {
                throw new IllegalArgumentException("the alarm's periods");
            }
        }
    }

    public Detection {
        present("text", id, name, why, source, pattern);
        attack = List.copyOf(attack);
        if (attack.isEmpty()
                || !attack.stream().allMatch(t -> TECHNIQUE.matcher(t).matches())) {
            throw new IllegalArgumentException("ATT&CK techniques: " + attack);
        }
        if (!fires.isObject() || !silent.isObject()) {
            throw new IllegalArgumentException("two records are needed");
        }
    }

    private static void present(String what, String... texts) {
        for (String text : texts) {
            if (text.isBlank()) {
                throw new IllegalArgumentException("an empty " + what);
            }
        }
    }

    /** What it needs to be told before it can be set up, such as {@code secret}. */
    public Set<String> parameters() {
        Set<String> names = new TreeSet<>();
        PARAMETER.matcher(pattern).results().forEach(found -> names.add(found.group(1)));
        return names;
    }

    /** The id without a parameter at its end: the name of its file. */
    public String code() {
        int parameter = id.indexOf("-${");
        return parameter < 0 ? id : id.substring(0, parameter);
    }
}
