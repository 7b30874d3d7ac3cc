package belfry.topics;

import belfry.gateway.Endpoint.Response;
import belfry.topics.mail.Block;
import belfry.topics.mail.Document;
import belfry.topics.mail.HtmlRendering;
import belfry.topics.mail.Tone;
import java.util.List;

/** Answers with a document as a page. */
final class Pages {
    private Pages() {}

    static Response page(int status, Document document) {
        return Response.html(status, HtmlRendering.render(document));
    }

    static Response problem(int status, String title, String text) {
        return page(status, new Document(Tone.QUIET, "BELFRY", title, List.of(new Block.Paragraph(text))));
    }
}
