package belfry.tools.doctor;

import belfry.tools.OperatorPages;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What became of the newest message to each mailbox, and the server's own health. Belfry only: AWS does not tell. */
final class DeliveryCheck implements Check {
    private final Optional<URI> server;

    /** @param server empty for AWS */
    DeliveryCheck(Optional<URI> server) {
        this.server = server;
    }

    @Override
    public String link() {
        return "delivery";
    }

    @Override
    public void look(Chain chain) {
        if (server.isEmpty()) {
            return;
        }
        try (OperatorPages pages = new OperatorPages(server.get(), OperatorPages.usualKey())) {
            health(chain, pages);
            List<Hop<String>> before = new ArrayList<>(chain.mailboxes());
            chain.mailboxes().clear();
            List<String> seen = new ArrayList<>();
            for (Hop<String> hop : before) {
                boolean first = !seen.contains(hop.what());
                seen.add(hop.what());
                chain.mailboxes().add(hop.to(hop.what(), arrives(chain, pages, hop.what(), first)));
            }
        } catch (OperatorPages.Unreadable e) {
            chain.unseen(this, String.valueOf(e.getMessage()));
        }
    }

    private void health(Chain chain, OperatorPages pages) {
        JsonNode failing = pages.get(OperatorPages.HEALTH).path("failing");
        failing.properties()
                .forEach(entry -> chain.broken(
                        this,
                        "The server is not well: " + entry.getKey() + ": "
                                + entry.getValue().asText() + ".",
                        "look at its log"));
    }

    private boolean arrives(Chain chain, OperatorPages pages, String recipient, boolean tell) {
        String query = "?limit=1&recipient=" + URLEncoder.encode(recipient, StandardCharsets.UTF_8);
        JsonNode newest = pages.get("/_belfry/deliveries" + query).path(0);
        String state = newest.path("state").asText();
        String what = "\"" + newest.path("subject").asText() + "\" to " + recipient;
        boolean arrives = !state.equals("Dead") && !state.equals("Retrying");
        if (!tell) {
            return arrives;
        }
        switch (state) {
            case "Sent" ->
                chain.ok(
                        this,
                        "The newest mail, " + what + ", was sent at "
                                + newest.path("doneAt").asText() + ".");
            case "Dead" ->
                chain.broken(
                        this,
                        "The newest mail, " + what + ", was refused for good: "
                                + newest.path("reason").asText(),
                        "look at the address and at the mail server; belfry serve --smtp names it");
            case "Retrying" ->
                chain.broken(
                        this,
                        "The newest mail, " + what + ", waits for its next try at "
                                + newest.path("nextAt").asText() + ": "
                                + newest.path("reason").asText(),
                        "look at the mail server; belfry serve --smtp names it");
            case "" -> chain.note(this, "Nothing was sent to " + recipient + " yet.", "");
            default -> chain.note(this, "The newest mail, " + what + ": " + state + ".", "");
        }
        return arrives;
    }
}
