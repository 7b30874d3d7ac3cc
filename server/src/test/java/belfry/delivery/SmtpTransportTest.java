package belfry.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.delivery.Transport.Outcome;
import belfry.topics.Letter;
import belfry.topics.MailThread;
import belfry.topics.MessageSeals;
import belfry.topics.Parcel;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a real mail server (GreenMail) receives. */
class SmtpTransportTest {
    private static final String FROM = "no-reply@belfry.local";
    private static final Instant AT = Instant.parse("2026-03-02T10:04:09Z");

    private @Nullable GreenMail server;

    private GreenMail start(String protocol) {
        ServerSetup setup = new ServerSetup(0, "127.0.0.1", protocol);
        setup.setServerStartupTimeout(10_000);
        GreenMail started = new GreenMail(setup);
        started.start();
        server = started;
        return started;
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop();
        }
    }

    private static Parcel parcel(@Nullable String html) {
        Letter letter = new Letter("Türmer", "Größe: \"prod/db\" — gelesen", "Wer: Ann\n", html, "http://belfry/u?a=b");
        return new Parcel(
                1,
                "lane",
                "ann@example.com",
                "<1@belfry.local>",
                letter,
                MailThread.NONE,
                0,
                AT,
                MessageSeals.NONE,
                null);
    }

    private static Outcome send(String uri, Parcel parcel) {
        try (SmtpTransport transport = new SmtpTransport(URI.create(uri), FROM, Duration.ofSeconds(10))) {
            return transport.send(parcel);
        }
    }

    @Test
    void aMailArrivesWithBothParts() throws MessagingException, IOException {
        GreenMail mail = start(ServerSetup.PROTOCOL_SMTP);
        assertThat(send("smtp://127.0.0.1:" + mail.getSmtp().getPort(), parcel("<p>Wer: Ann</p>")))
                .isInstanceOf(Outcome.Accepted.class);
        MimeMessage got = mail.getReceivedMessages()[0];
        assertThat(got.getSubject()).isEqualTo("Größe: \"prod/db\" — gelesen");
        assertThat(got.getFrom()[0].toString()).contains("<" + FROM + ">");
        assertThat(got.getMessageID()).isEqualTo("<1@belfry.local>");
        assertThat(got.getHeader("List-Unsubscribe")).containsExactly("<http://belfry/u?a=b>");
        assertThat(got.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(got.getSentDate()).isEqualTo(AT);
        assertThat(got.getContentType()).startsWith("multipart/alternative");
        MimeMultipart parts = (MimeMultipart) got.getContent();
        assertThat(parts.getBodyPart(0).getContentType()).isEqualTo("text/plain; charset=UTF-8");
        assertThat(parts.getBodyPart(0).getContent().toString().strip()).isEqualTo("Wer: Ann");
        assertThat(parts.getBodyPart(1).getContentType()).isEqualTo("text/html; charset=UTF-8");
    }

    @Test
    void itLogsIn() throws MessagingException {
        GreenMail mail = start(ServerSetup.PROTOCOL_SMTP);
        mail.getUserManager().setAuthRequired(true);
        var unused = mail.setUser("ann", "p@ss");
        int port = mail.getSmtp().getPort();
        assertThat(send("smtp://ann:wrong@127.0.0.1:" + port, parcel(null)))
                .isInstanceOfSatisfying(
                        Outcome.Away.class,
                        away -> assertThat(away.reason()).contains("535").doesNotContain("wrong"));
        assertThat(send("smtp://ann:p%40ss@127.0.0.1:" + port, parcel(null))).isInstanceOf(Outcome.Accepted.class);
        assertThat(mail.getReceivedMessages()).hasSize(1);
    }

    @Test
    void itSpeaksTlsFromTheStartAndChecksCertificates() {
        GreenMail mail = start(ServerSetup.PROTOCOL_SMTPS);
        String uri = "smtps://127.0.0.1:" + mail.getSmtps().getPort();
        assertThat(send(uri, parcel(null))).isInstanceOf(Outcome.Away.class);
        assertThat(send(uri + "?verify=no", parcel(null))).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void headersCannotBeInjected() {
        assertThatThrownBy(() -> new Letter("Ann\r\nBcc: eve@example.com", "s", "t", null, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Letter("Ann", "s\nBcc: eve@example.com", "t", null, null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aUrlIsCheckedWithoutRepeatingItsPassword() {
        assertThatThrownBy(() -> new SmtpTransport(URI.create("http://a:hush@b"), FROM))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hush");
        assertThat(new SmtpServer(URI.create("smtp://a:hush@mail.example.com")).toString())
                .isEqualTo("smtp://mail.example.com:25");
    }
}
