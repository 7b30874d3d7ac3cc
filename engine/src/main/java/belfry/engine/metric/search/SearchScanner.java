package belfry.engine.metric.search;

import java.util.ArrayList;
import java.util.List;

/** Cuts a search's text into {@link SearchToken}s. */
final class SearchScanner {
    private final String text;
    private int at;

    SearchScanner(String text) {
        this.text = text;
    }

    /** The schema's names, where the text begins with one; else none. */
    List<String> schema() {
        skipBlanks();
        if (!here('{')) {
            return List.of();
        }
        at++;
        List<String> names = new ArrayList<>();
        for (skipSeparators(); !here('}'); skipSeparators()) {
            if (at == text.length()) {
                throw SearchException.at(at, "The schema's } is missing");
            }
            names.add(here('"') ? quoted() : bare(",}\""));
        }
        if (names.isEmpty()) {
            throw SearchException.at(at, "A schema begins with a namespace");
        }
        at++;
        skipBlanks();
        // A comma may stand between schema and terms.
        at += here(',') ? 1 : 0;
        return names;
    }

    /** The rest of the text; the last one is empty, so that there is always one to look at. */
    List<SearchToken> tokens() {
        List<SearchToken> tokens = new ArrayList<>();
        for (skipBlanks(); at < text.length(); skipBlanks()) {
            int from = at;
            if (here('"')) {
                tokens.add(new SearchToken(quoted(), true, from));
            } else if (here('(') || here(')') || here('=')) {
                at++;
                tokens.add(new SearchToken(text.substring(from, at), false, from));
            } else {
                tokens.add(new SearchToken(bare("()=\""), false, from));
            }
        }
        tokens.add(new SearchToken("", false, at));
        return tokens;
    }

    private String bare(String ends) {
        int from = at;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at)) && ends.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(from, at);
    }

    private String quoted() {
        int from = at++;
        StringBuilder inside = new StringBuilder();
        while (at < text.length() && !here('"')) {
            if (here('\\')) {
                at++;
                if (at == text.length() || "\"\\()".indexOf(text.charAt(at)) < 0) {
                    throw SearchException.at(at - 1, "A backslash escapes \" \\ ( or )");
                }
            }
            inside.append(text.charAt(at++));
        }
        if (at == text.length()) {
            throw SearchException.at(from, "The double quote is not closed");
        }
        at++;
        return inside.toString();
    }

    private boolean here(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    /** AWS's examples part a schema's names by commas, and once by a blank. */
    private void skipSeparators() {
        while (at < text.length() && (Character.isWhitespace(text.charAt(at)) || here(','))) {
            at++;
        }
    }
}
