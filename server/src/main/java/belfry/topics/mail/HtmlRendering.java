package belfry.topics.mail;

import static belfry.topics.mail.HtmlText.BREAK;
import static belfry.topics.mail.HtmlText.FONT;
import static belfry.topics.mail.HtmlText.MONO;
import static belfry.topics.mail.HtmlText.escape;
import static belfry.topics.mail.HtmlText.lines;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A document as HTML that mail programs show well: tables for layout, styles inline, nothing loaded from anywhere; a
 * small style sheet beside it for dark screens and telephones. Every text is escaped here and nowhere else.
 */
public final class HtmlRendering {
    private static final String STYLE = """
        :root{color-scheme:light dark;supported-color-schemes:light dark}
        body{-webkit-text-size-adjust:100%}
        @media (max-width:520px){
        .outer{padding:0!important}.card{border-radius:0!important;border-left:0!important;border-right:0!important}
        .pad{padding-left:20px!important;padding-right:20px!important}
        .fig{margin-right:10px!important;min-width:46px!important}
        .facts td{display:block!important;width:auto!important}
        .facts td.k{padding:9px 0 0 0!important;font-size:13px!important}
        .facts td.v{padding:1px 0 9px 0!important;border:0!important}
        }
        @media (prefers-color-scheme:dark){
        .bg{background:#0f1216!important}.card{background:#1a1f26!important;border-color:#2c333d!important}
        .t{color:#e8ebef!important}.s{color:#a3adba!important}.line{border-color:#2c333d!important}
        .code{background:#11151a!important;color:#dfe4ea!important;border-color:#2c333d!important}
        .a{color:#8ab8f5!important}.hot{color:#ff8f85!important}.button{background:#3b6fb5!important}
        }
        """;

    private HtmlRendering() {}

    public static String render(Document document) {
        String blocks = document.blocks().stream().map(HtmlRendering::block).collect(Collectors.joining());
        String details = document.blocks().stream()
                .filter(Block.Verbatim.class::isInstance)
                .map(block -> details((Block.Verbatim) block))
                .collect(Collectors.joining());
        String footers = document.blocks().stream()
                .filter(Block.Footer.class::isInstance)
                .map(block -> footer((Block.Footer) block))
                .collect(Collectors.joining());
        return page(document, blocks + details, footers);
    }

    private static String page(Document document, String inside, String footers) {
        return """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
            <meta name="referrer" content="no-referrer"><meta name="robots" content="noindex">
            <title>%s</title><style>%s</style></head>
            <body class="bg" style="margin:0;padding:0;background:#f2f4f7">%s
            <table role="presentation" class="bg" width="100%%" cellpadding="0" cellspacing="0" border="0" style="background:#f2f4f7"><tr><td class="outer" align="center" style="padding:28px 12px">
            <table role="presentation" class="card" width="100%%" cellpadding="0" cellspacing="0" border="0" style="max-width:620px;background:#ffffff;border:1px solid #dfe3e8;border-radius:10px;overflow:hidden;text-align:left">
            <tr><td class="pad" style="background:%s;padding:20px 32px;%s">
            <div style="font-size:12px;line-height:16px;font-weight:700;letter-spacing:1px;color:#ffffff">%s</div>
            <div style="margin-top:4px;font-size:22px;line-height:28px;font-weight:600;color:#ffffff;%s">%s</div>
            </td></tr>
            <tr><td class="pad" style="padding:24px 32px 28px 32px;%s">
            %s</td></tr></table>
            %s</td></tr></table></body></html>
            """.formatted(
                        escape(document.title()),
                        STYLE,
                        preview(document.preview()),
                        document.tone().color(),
                        FONT,
                        escape(document.label()),
                        BREAK,
                        escape(document.title()),
                        FONT,
                        inside,
                        footers);
    }

    private static String preview(String text) {
        return text.isEmpty()
                ? ""
                : "<div style=\"display:none;max-height:0;overflow:hidden\">" + escape(text) + "</div>";
    }

    private static String block(Block block) {
        return switch (block) {
            case Block.Paragraph paragraph -> paragraph(paragraph.text());
            case Block.Heading heading -> heading(heading);
            case Block.Figures figures -> HtmlFigures.figures(figures);
            case Block.Links links -> links(links);
            case Block.Steps steps -> steps(steps);
            case Block.Facts facts -> facts(facts.facts());
            case Block.Events events -> HtmlEvents.events(events);
            case Block.Code code -> code(code.text());
            case Block.Button button -> button(button);
            case Block.PostButton button -> postButton(button);
            case Block.Verbatim verbatim -> paragraph(verbatim.lead());
            case Block.Footer footer -> "";
        };
    }

    private static String paragraph(String text) {
        return "<p class=\"t\" style=\"margin:0 0 16px 0;font-size:15px;line-height:23px;color:#1d2733;" + BREAK + "\">"
                + lines(text) + "</p>\n";
    }

    private static String heading(Block.Heading heading) {
        String id = heading.anchor().isEmpty() ? "" : " id=\"" + escape(heading.anchor()) + "\"";
        return "<h2" + id
                + " class=\"t\" style=\"margin:28px 0 8px"
                + " 0;font-size:16px;line-height:22px;font-weight:600;color:#1d2733;"
                + BREAK + "\">" + escape(heading.text()) + "</h2>\n";
    }

    private static String facts(List<Block.Fact> facts) {
        String rows = facts.stream().map(HtmlRendering::fact).collect(Collectors.joining());
        return "<table role=\"presentation\" class=\"facts\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\""
                + " border=\"0\" style=\"margin:0 0 16px 0;border-collapse:collapse\">" + rows + "</table>\n";
    }

    private static String fact(Block.Fact fact) {
        String cell = "vertical-align:top;font-size:14px;line-height:21px;border-top:1px solid #e7eaee;";
        return "<tr><td class=\"k s line\" style=\"" + cell + "padding:8px 16px 8px 0;width:130px;color:#5b6775\">"
                + escape(fact.label()) + "</td><td class=\"v t line\" style=\"" + cell + "padding:8px 0;color:#1d2733;"
                + BREAK + "\">" + lines(fact.value().isEmpty() ? "–" : fact.value()) + "</td></tr>\n";
    }

    private static String code(String text) {
        return "<div class=\"code\" style=\"margin:0 0 14px 0;padding:12px 14px;border:1px solid"
                + " #e1e5ea;border-radius:6px;"
                + "background:#f6f8fa;color:#1d2733;" + MONO + "font-size:12.5px;line-height:19px;white-space:pre-wrap;"
                + BREAK + "\">" + escape(text) + "</div>\n";
    }

    private static String button(Block.Button button) {
        return "<p style=\"margin:4px 0 20px 0\"><a class=\"button\" href=\"" + escape(button.url())
                + "\" style=\"display:inline-block;padding:11px"
                + " 20px;border-radius:6px;background:#1f4e8c;color:#ffffff;font-size:15px;"
                + "line-height:20px;font-weight:600;text-decoration:none\">" + escape(button.label()) + "</a></p>\n";
    }

    private static String links(Block.Links links) {
        return "<p class=\"s\" style=\"margin:0 0 16px 0;font-size:14px;line-height:22px;color:#5b6775\">"
                + links.links().stream()
                        .map(link -> "<a class=\"a\" href=\"" + escape(link.url()) + "\" style=\"color:#1f4e8c\">"
                                + escape(link.label()) + "</a>")
                        .collect(Collectors.joining("&nbsp; · &nbsp;"))
                + "</p>\n";
    }

    private static String steps(Block.Steps steps) {
        return steps.steps().stream()
                .map(step -> "<p class=\"t\" style=\"margin:0 0 8px 0;font-size:14px;line-height:21px;color:#1d2733;"
                        + BREAK + "\">" + lines(step.text()) + "</p>\n"
                        + (step.command().isEmpty() ? "" : code(step.command())))
                .collect(Collectors.joining());
    }

    private static String postButton(Block.PostButton button) {
        return "<form method=\"post\" action=\"" + escape(button.url()) + "\" style=\"margin:4px 0 12px 0\">"
                + "<button class=\"button\" style=\"padding:11px 20px;border:0;border-radius:6px;background:#1f4e8c;"
                + "color:#ffffff;font:inherit;font-size:15px;line-height:20px;font-weight:600;cursor:pointer\">"
                + escape(button.label()) + "</button></form>\n";
    }

    private static String details(Block.Verbatim verbatim) {
        return verbatim.sections().stream()
                .map(section -> (section.heading().isEmpty() ? "" : heading(detailHeading(section.heading())))
                        + section.lines().stream()
                                .map(HtmlRendering::detailLine)
                                .collect(Collectors.joining())
                        + (section.facts().isEmpty() ? "" : facts(section.facts())))
                .collect(Collectors.joining());
    }

    private static Block.Heading detailHeading(String text) {
        return new Block.Heading(text, text.equals("Alarm Details") ? "alarm" : "");
    }

    private static String detailLine(String line) {
        if (line.startsWith("https://") || line.startsWith("http://")) {
            return "<p style=\"margin:0 0 12px 0;font-size:14px;line-height:21px;" + BREAK + "\"><a class=\"a\" href=\""
                    + escape(line) + "\" style=\"color:#1f4e8c\">" + escape(line) + "</a></p>\n";
        }
        return "<p class=\"s\" style=\"margin:0 0 8px 0;font-size:14px;line-height:21px;color:#5b6775;" + BREAK + "\">"
                + escape(line) + "</p>\n";
    }

    private static String footer(Block.Footer footer) {
        String link = footer.url().isEmpty()
                ? ""
                : " <a class=\"a\" href=\"" + escape(footer.url()) + "\" style=\"color:#1f4e8c\">"
                        + escape(footer.linkLabel()) + "</a>";
        return "<div class=\"s\" style=\"max-width:560px;margin:0 auto;padding:18px 12px 0 12px;" + FONT
                + "font-size:12px;line-height:18px;color:#5b6775;text-align:center;" + BREAK + "\">"
                + lines(footer.text()) + link + "</div>\n";
    }
}
