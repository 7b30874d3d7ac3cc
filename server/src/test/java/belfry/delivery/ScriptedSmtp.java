package belfry.delivery;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A mail server that does what the test says: answers a command with something of its own, hangs, or hangs up. It speaks
 * enough of SMTP for real clients, STARTTLS included (with the key that GreenMail brings along).
 */
final class ScriptedSmtp implements AutoCloseable {
    /** What to do at a command; empty answers as a good server would. */
    @FunctionalInterface
    interface Script {
        Optional<String> at(String command);
    }

    static final String HANG = "hang";
    static final String HANG_UP = "hang up";

    /** The pseudo command after the message's final dot. */
    static final String DOT = "<dot>";

    private final ServerSocket socket;
    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Script script = command -> Optional.empty();
    private volatile boolean tls;

    ScriptedSmtp() throws IOException {
        this(0);
    }

    ScriptedSmtp(int port) throws IOException {
        socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::listen);
    }

    void script(Script script) {
        this.script = script;
    }

    /** From now on STARTTLS is offered. */
    void offerTls() {
        tls = true;
    }

    URI uri() {
        return URI.create("smtp://127.0.0.1:" + port());
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Messages that were answered with 250. */
    List<String> accepted() {
        return accepted;
    }

    /** Messages that came in whole, whatever was answered. */
    List<String> received() {
        return received;
    }

    List<String> commands() {
        return commands;
    }

    int connections() {
        return connections.get();
    }

    private void listen() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                open.add(client);
                if (socket.isClosed()) {
                    // Taken in the moment of closing, which therefore may not have seen it.
                    client.close();
                    continue;
                }
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                // Closed, or the client has gone.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            new Conversation(client).run();
        } catch (IOException | GeneralSecurityException e) {
            // The client has gone.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket client : open) {
            client.close();
        }
    }

    private final class Conversation {
        private Socket client;
        private BufferedReader in;
        private OutputStream out;

        Conversation(Socket client) throws IOException {
            this.client = client;
            this.in = reader(client);
            this.out = client.getOutputStream();
        }

        private static BufferedReader reader(Socket socket) throws IOException {
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        void run() throws IOException, GeneralSecurityException {
            if (!answer("<greeting>", "220 scripted ESMTP")) {
                return;
            }
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                commands.add(line);
                String verb = line.split("[ :]", 2)[0].toUpperCase(java.util.Locale.ROOT);
                if (!handle(verb, line)) {
                    return;
                }
            }
        }

        private boolean handle(String verb, String line) throws IOException, GeneralSecurityException {
            return switch (verb) {
                case "EHLO" ->
                    answer(
                            verb,
                            tls && !(client instanceof SSLSocket)
                                    ? "250-scripted\r\n250 STARTTLS"
                                    : "250-scripted\r\n250-DSN\r\n250 AUTH PLAIN LOGIN");
                case "STARTTLS" -> startTls();
                case "AUTH" -> answer(line, "235 welcome");
                case "DATA" -> answer(verb, "354 go on") && data();
                case "QUIT" -> {
                    var unused = answer(verb, "221 bye");
                    yield false;
                }
                default -> answer(line, "250 ok");
            };
        }

        private boolean startTls() throws IOException, GeneralSecurityException {
            if (!answer("STARTTLS", "220 go")) {
                return false;
            }
            SSLSocket secured =
                    (SSLSocket) context().getSocketFactory().createSocket(client, "localhost", client.getPort(), true);
            secured.setUseClientMode(false);
            secured.startHandshake();
            client = secured;
            in = reader(secured);
            out = secured.getOutputStream();
            return true;
        }

        private boolean data() throws IOException {
            StringBuilder message = new StringBuilder();
            for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
                message.append(line).append('\n');
            }
            received.add(message.toString());
            @Nullable String own = script.at(DOT).orElse(null);
            if (own == null) {
                accepted.add(message.toString());
            }
            return say(own == null ? "250 queued" : own);
        }

        private boolean answer(String command, String usual) throws IOException {
            return say(script.at(command).orElse(usual));
        }

        private boolean say(String text) throws IOException {
            if (text.equals(HANG_UP)) {
                return false;
            }
            if (text.equals(HANG)) {
                // Until the client gives up and closes.
                return in.readLine() != null;
            }
            out.write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            return true;
        }
    }

    private static SSLContext context() throws IOException, GeneralSecurityException {
        char[] password = "changeit".toCharArray();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (var stored = ScriptedSmtp.class.getResourceAsStream("/greenmail.p12")) {
            keys.load(stored, password);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }
}
