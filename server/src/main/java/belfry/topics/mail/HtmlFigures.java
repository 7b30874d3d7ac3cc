package belfry.topics.mail;

import static belfry.topics.mail.HtmlText.BREAK;
import static belfry.topics.mail.HtmlText.escape;

import java.util.stream.Collectors;

/** A few numbers in a row, big; on a telephone they wrap. */
final class HtmlFigures {
    private static final String SPECIAL = "#b42318";

    private HtmlFigures() {}

    static String figures(Block.Figures figures) {
        return "<div style=\"margin:0 0 14px 0\">"
                + figures.figures().stream().map(HtmlFigures::figure).collect(Collectors.joining())
                + "</div>\n";
    }

    private static String figure(Block.Figure figure) {
        String remark = figure.remark().isEmpty()
                ? ""
                : "<div class=\"hot\" style=\"font-size:12px;line-height:16px;font-weight:600;color:" + SPECIAL + "\">"
                        + escape(figure.remark()) + "</div>";
        return "<div class=\"fig\" style=\"display:inline-block;vertical-align:top;margin:0 22px 10px 0;min-width:56px;"
                + BREAK
                + "\">"
                + "<div class=\"t\" style=\"font-size:26px;line-height:30px;font-weight:700;color:#1d2733\">"
                + figure.number() + "</div>"
                + "<div class=\"s\" style=\"font-size:13px;line-height:17px;color:#5b6775\">" + escape(figure.label())
                + "</div>" + remark + "</div>";
    }
}
