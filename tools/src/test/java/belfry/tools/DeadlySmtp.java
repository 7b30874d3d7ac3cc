package belfry.tools;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A mail server in whose conversations the client dies: it knows the moment and does the deed. */
final class DeadlySmtp implements AutoCloseable {
    /** Where in the conversation about one mail the client is killed. */
    enum Moment {
        /** It has named the sender, and hears no answer. */
        MAIL,
        /** The whole message is here; the server does not take it. */
        UNANSWERED,
        /** The server took it and says so, but the client is stopped before it can hear that. */
        UNHEARD,
        /** The server took it and said so; whether the client could note that is left to chance. */
        ANSWERED,
        NEVER
    }

    /** Does away with the client. */
    interface Weapon {
        /** It does nothing more, but can be sent to. */
        void stop();

        void kill();
    }

    private record Plan(Moment moment, Weapon weapon) {}

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Plan> plan = new AtomicReference<>();

    DeadlySmtp() throws IOException {
        Thread.ofVirtual().start(this::listen);
    }

    URI uri() {
        return URI.create("smtp://127.0.0.1:" + socket.getLocalPort());
    }

    /** The messages that came in whole, whatever was answered. */
    List<String> received() {
        return received;
    }

    /** The messages that were answered with 250, whether or not the client heard that. */
    List<String> accepted() {
        return accepted;
    }

    /** Once. */
    void killAt(Moment moment, Weapon weapon) {
        plan.set(moment == Moment.NEVER ? null : new Plan(moment, weapon));
    }

    /** Whether it has been done, or was never asked for. */
    boolean done() {
        return plan.get() == null;
    }

    private void listen() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            converse(client);
        } catch (IOException e) {
            // The client is dead.
        }
    }

    private void converse(Socket client) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        OutputStream out = client.getOutputStream();
        say(out, "220 deadly");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            switch (line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT)) {
                case "MAIL" -> {
                    killIf(Moment.MAIL);
                    say(out, "250 ok");
                }
                case "DATA" -> {
                    say(out, "354 go on");
                    take(message(in), out);
                }
                case "QUIT" -> {
                    say(out, "221 bye");
                    return;
                }
                default -> say(out, "250 ok");
            }
        }
    }

    private void take(String message, OutputStream out) throws IOException {
        received.add(message);
        if (killIf(Moment.UNANSWERED)) {
            return;
        }
        accepted.add(message);
        Plan now = plan.get();
        if (now != null && now.moment() == Moment.UNHEARD) {
            now.weapon().stop();
        }
        say(out, "250 taken");
        killIf(Moment.UNHEARD);
        killIf(Moment.ANSWERED);
    }

    private boolean killIf(Moment moment) {
        Plan now = plan.get();
        if (now == null || now.moment() != moment) {
            return false;
        }
        now.weapon().kill();
        plan.set(null);
        return true;
    }

    private static String message(BufferedReader in) throws IOException {
        StringBuilder message = new StringBuilder();
        for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
            if (line == null) {
                throw new IOException("the client is gone in the middle of a message");
            }
            message.append(line).append('\n');
        }
        return message.toString();
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
