package belfry.delivery;

import belfry.gateway.Endpoint.Response;
import belfry.topics.mail.Block;
import belfry.topics.mail.Document;
import belfry.topics.mail.HtmlRendering;
import belfry.topics.mail.Tone;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The built-in mailbox for people with a browser: a list, and each mail as its receiver sees it. */
final class MailboxView {
    private static final int SHOWN_MAX = 100;

    private MailboxView() {}

    /** @param id the mail to show; empty for the list */
    static Response of(List<Mailbox.Mail> mails, String id) {
        if (id.isEmpty()) {
            return page(200, "Mailbox", list(mails));
        }
        return mails.stream()
                .filter(mail -> mail.messageId().equals(id))
                .findFirst()
                .map(MailboxView::mail)
                .orElseGet(() -> page(
                        404,
                        "No such mail",
                        List.of(new Block.Paragraph("The mailbox has no mail of that id."), back())));
    }

    private static List<Block> list(List<Mailbox.Mail> mails) {
        if (mails.isEmpty()) {
            return List.of(
                    new Block.Paragraph(
                            "No mail yet. With --smtp, mails go to that server and none comes here; what became"
                                    + " of each is under deliveries. If you wait for a mail, belfry doctor asks every link of"
                                    + " the chain why there is none."),
                    new Block.Links(List.of(new Block.Link("Deliveries", "/_belfry/deliveries"), home())));
        }
        List<Block.Event> lines = mails.reversed().stream()
                .limit(SHOWN_MAX)
                .map(mail -> new Block.Event(
                        mail.receivedAt().toString(),
                        Block.Tag.NONE,
                        mail.subject(),
                        "to " + mail.to(),
                        "/_belfry/mail?id=" + URLEncoder.encode(mail.messageId(), StandardCharsets.UTF_8)))
                .toList();
        String more = mails.size() > SHOWN_MAX ? "The newest " + SHOWN_MAX + " of " + mails.size() + "." : "";
        return List.of(new Block.Events(lines, more), new Block.Links(List.of(home())));
    }

    /** HTML mails are shown as they are: our own rendering made them, and the page's policy lets no script run. */
    private static Response mail(Mailbox.Mail mail) {
        String html = mail.html();
        return html != null
                ? Response.html(200, html)
                : page(200, mail.subject(), List.of(new Block.Code(mail.text()), back()));
    }

    private static Block back() {
        return new Block.Links(List.of(new Block.Link("Mailbox", "/_belfry/mail")));
    }

    private static Block.Link home() {
        return new Block.Link("Start", "/_belfry/");
    }

    private static Response page(int status, String title, List<Block> blocks) {
        return Response.html(status, HtmlRendering.render(new Document(Tone.PLAIN, "BELFRY", title, blocks)));
    }
}
