package belfry.tools;

import belfry.base.Printable;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code belfry mail}: the built-in mailbox of a server that was started without {@code --smtp}. */
@Command(
        name = "mail",
        description = {
            "Lists the mails in the built-in mailbox, or shows one.",
            "A secured server shows it to its root: credentials come from where the AWS CLI takes them."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class MailCommand implements Callable<Integer> {
    private static final int WRONG = 1;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int SUBJECT_MAX = 90;

    @Parameters(arity = "0..1", paramLabel = "N", description = "Show the mail of this number.")
    private @Nullable Integer number;

    @Option(names = "--follow", description = "Show each mail as it arrives, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "Belfry's address (default: AWS_ENDPOINT_URL, else http://127.0.0.1:4566).")
    private @Nullable URI endpoint;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        URI server = OperatorPages.endpoint(Optional.ofNullable(endpoint));
        try (OperatorPages pages = new OperatorPages(server, OperatorPages.usualKey())) {
            return answer(pages, out, err);
        } catch (OperatorPages.Unreadable e) {
            err.println(e.getMessage());
            return WRONG;
        } finally {
            out.flush();
            err.flush();
        }
    }

    private int answer(OperatorPages pages, PrintWriter out, PrintWriter err) {
        List<JsonNode> mails = mails(pages);
        Integer wanted = number;
        if (follow) {
            follow(pages, mails.size(), out);
        } else if (wanted == null) {
            list(mails, out);
        } else if (wanted < 1 || wanted > mails.size()) {
            err.println("There is no mail " + wanted + "; there are " + mails.size() + ".");
            return WRONG;
        } else {
            show(mails.get(wanted - 1), out);
        }
        return 0;
    }

    private static List<JsonNode> mails(OperatorPages pages) {
        List<JsonNode> mails = new ArrayList<>();
        pages.get("/_belfry/mail").forEach(mails::add);
        return mails;
    }

    private static void list(List<JsonNode> mails, PrintWriter out) {
        if (mails.isEmpty()) {
            out.println("No mail yet. (With --smtp, mails go to that server; /_belfry/deliveries tells of them.)");
        }
        for (int i = 0; i < mails.size(); i++) {
            JsonNode mail = mails.get(i);
            String subject = text(mail, "subject");
            out.printf(
                    "%4d  %s  %s  %s%n",
                    i + 1,
                    text(mail, "receivedAt"),
                    text(mail, "to"),
                    subject.length() > SUBJECT_MAX ? subject.substring(0, SUBJECT_MAX) + "…" : subject);
        }
    }

    /** Whatever strangers wrote into a mail, it moves no cursor and hides nothing here. */
    private static void show(JsonNode mail, PrintWriter out) {
        out.println("From:    " + text(mail, "from"));
        out.println("To:      " + text(mail, "to"));
        out.println("Subject: " + text(mail, "subject"));
        out.println("Date:    " + text(mail, "receivedAt"));
        out.println();
        out.println(Printable.lines(mail.path("text").asText()));
    }

    private static String text(JsonNode mail, String name) {
        return Printable.line(mail.path(name).asText());
    }

    private static void follow(OperatorPages pages, int seen, PrintWriter out) {
        int shown = seen;
        while (!Thread.currentThread().isInterrupted()) {
            List<JsonNode> mails = mails(pages);
            // A reset empties the mailbox.
            shown = Math.min(shown, mails.size());
            for (JsonNode mail : mails.subList(shown, mails.size())) {
                show(mail, out);
                out.println();
            }
            shown = mails.size();
            out.flush();
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
