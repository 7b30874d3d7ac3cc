package belfry.topics.mail;

import belfry.topics.mail.Block.Fact;
import belfry.topics.mail.Block.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the layout of CloudWatch's alarm mails: a first paragraph, then headings with {@code - Name:  value} lines. */
public final class AwsText {
    private static final Pattern FACT = Pattern.compile("- ([A-Za-z_ ]+):(?:\\s+(.*))?");
    private static final Pattern HEADING = Pattern.compile("([A-Z][A-Za-z ]+):");

    private AwsText() {}

    /** The block for a text; whatever of it has no such layout is kept as lines. */
    public static Block.Verbatim read(String text) {
        List<String> lines = text.strip().lines().toList();
        String lead = lines.isEmpty() ? "" : lines.getFirst();
        List<Section> sections = new ArrayList<>();
        String heading = "";
        List<String> body = new ArrayList<>();
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            Matcher found = HEADING.matcher(line);
            if (found.matches()) {
                add(sections, heading, body);
                heading = found.group(1);
                body.clear();
            } else if (!line.isBlank()) {
                body.add(line);
            }
        }
        add(sections, heading, body);
        return new Block.Verbatim(text.strip(), lead, sections);
    }

    private static void add(List<Section> sections, String heading, List<String> body) {
        if (body.isEmpty() && heading.isEmpty()) {
            return;
        }
        List<Fact> facts = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (String line : body) {
            Matcher fact = FACT.matcher(line);
            if (fact.matches()) {
                String value = fact.group(2) == null ? "" : fact.group(2).strip();
                facts.add(new Fact(fact.group(1), value));
            } else {
                lines.add(line.startsWith("- ") ? line.substring(2) : line);
            }
        }
        sections.add(new Section(heading, facts, lines));
    }
}
