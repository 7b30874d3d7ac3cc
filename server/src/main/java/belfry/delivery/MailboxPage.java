package belfry.delivery;

import belfry.base.Json;
import belfry.gateway.Endpoint;
import belfry.store.Store;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;

/** {@code GET /_belfry/mail}: the built-in mailbox as a JSON array, oldest mail first; for browsers, as pages. */
public final class MailboxPage implements Endpoint {
    private final Store store;

    public MailboxPage(Store store) {
        this.store = store;
    }

    @Override
    public Response answer(Request request) {
        if (!request.method().equals("GET")) {
            return Response.mistake(405, "GET the mails here.");
        }
        List<Mailbox.Mail> list = store.read(Mailbox::list);
        if (request.browser()) {
            return MailboxView.of(list, request.query().getOrDefault("id", ""));
        }
        ArrayNode mails = Json.array();
        for (Mailbox.Mail mail : list) {
            mails.addObject()
                    .put("to", mail.to())
                    .put("from", mail.from())
                    .put("subject", mail.subject())
                    .put("text", mail.text())
                    .put("html", mail.html())
                    .put("receivedAt", mail.receivedAt().toString())
                    .put("messageId", mail.messageId());
        }
        return Response.json(200, mails);
    }
}
