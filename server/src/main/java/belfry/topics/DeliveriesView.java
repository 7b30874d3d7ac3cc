package belfry.topics;

import belfry.gateway.Endpoint.Response;
import belfry.topics.mail.Block;
import belfry.topics.mail.Document;
import belfry.topics.mail.Tone;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The outbox for people with a browser. */
final class DeliveriesView {
    private DeliveriesView() {}

    static Response of(JsonNode deliveries) {
        List<Block> blocks = new ArrayList<>();
        if (deliveries.isEmpty()) {
            blocks.add(
                    new Block.Paragraph("There is nothing here: no message was published to a topic with subscribers."
                            + " belfry doctor asks every link before this one."));
        }
        List<Block.Event> lines = new ArrayList<>();
        deliveries.forEach(each -> lines.add(line(each)));
        blocks.add(new Block.Events(lines, ""));
        blocks.add(new Block.Links(List.of(
                new Block.Link("What never arrived", "/_belfry/deliveries?state=Dead"),
                new Block.Link("Mailbox", "/_belfry/mail"),
                new Block.Link("Start", "/_belfry/"))));
        return Pages.page(200, new Document(Tone.PLAIN, "BELFRY", "Deliveries", blocks));
    }

    private static Block.Event line(JsonNode each) {
        String reason = each.path("reason").asText();
        return new Block.Event(
                each.path("queuedAt").asText(),
                each.path("state").asText() + ": " + each.path("subject").asText(),
                "to " + each.path("recipient").asText() + " ("
                        + each.path("protocol").asText() + "), tries: "
                        + each.path("attempts").asText() + (reason.isEmpty() ? "" : "\n" + reason));
    }
}
