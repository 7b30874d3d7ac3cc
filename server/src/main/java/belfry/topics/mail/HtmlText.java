package belfry.topics.mail;

import belfry.base.Printable;

/** Text inside HTML: escaping, and how letters look. */
final class HtmlText {
    static final String FONT =
            "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;";
    static final String MONO = "font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;";
    static final String BREAK = "overflow-wrap:anywhere;word-break:break-word;";

    private HtmlText() {}

    /** Escaped, with its line breaks. */
    static String lines(String text) {
        return escape(text).replace("\n", "<br>");
    }

    /** Good between tags and in attributes; characters that turn or hide text are shown by their numbers. */
    static String escape(String text) {
        return Printable.lines(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
