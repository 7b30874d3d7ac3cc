package belfry;

import belfry.gateway.Endpoint;
import belfry.topics.mail.Block;
import belfry.topics.mail.Document;
import belfry.topics.mail.HtmlRendering;
import belfry.topics.mail.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** {@code /_belfry/}, and {@code /} in a browser: what this server is, and where to go. */
final class WelcomePage implements Endpoint {
    private final Options options;
    private final Supplier<String> url;

    /** @param url where people reach the server */
    WelcomePage(Options options, Supplier<String> url) {
        this.options = options;
        this.url = url;
    }

    @Override
    public Response answer(Request request) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Paragraph(
                "This is Belfry, a server that tells who touched your secrets. It speaks the AWS APIs:"
                        + " the AWS CLI, the SDKs and Terraform talk to it at this very address. For people there are these"
                        + " pages:"));
        blocks.add(new Block.Events(pages(), ""));
        blocks.add(new Block.Heading("Talk to it"));
        blocks.add(new Block.Code(environment() + "\naws secretsmanager list-secrets\naws cloudtrail lookup-events"));
        blocks.add(new Block.Heading("You wait for a mail that does not come?"));
        blocks.add(new Block.Code("belfry doctor"));
        blocks.add(new Block.Paragraph(
                "It asks every link from the secret to the mailbox, says which one is broken, and how to mend it."));
        Document page = new Document(
                options.dev() ? Tone.QUIET : Tone.PLAIN,
                options.dev() ? "DEVELOPMENT MODE: NOTHING IS PROTECTED" : "SECURED",
                "Belfry",
                blocks);
        return Response.html(200, HtmlRendering.render(page));
    }

    private List<Block.Event> pages() {
        List<Block.Event> pages = new ArrayList<>(List.of(
                page("health", "whether it works, and what is failing if not"),
                page("mail", options.smtp().isEmpty() ? "the built-in mailbox" : "empty: mails go to the mail server"),
                page("deliveries", "what became of every message: sent, waiting, refused, and why")));
        if (options.dev()) {
            pages.add(page("clock", "the server's time; POST {\"advance\":\"PT5M\"} moves it"));
        }
        return pages;
    }

    private static Block.Event page(String name, String about) {
        return new Block.Event("", Block.Tag.NONE, "/_belfry/" + name, about, "/_belfry/" + name);
    }

    private String environment() {
        String endpoint = "export AWS_ENDPOINT_URL=" + url.get() + " AWS_DEFAULT_REGION=" + options.region();
        return options.dev()
                ? endpoint + " AWS_ACCESS_KEY_ID=${USER:-me} AWS_SECRET_ACCESS_KEY=x"
                : endpoint + "\nexport AWS_SHARED_CREDENTIALS_FILE=<data folder>/credentials AWS_PROFILE=belfry";
    }
}
