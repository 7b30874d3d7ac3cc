package belfry.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.Belfry;
import belfry.Options;
import belfry.base.Clock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;

/** The mailbox on the command line, and who may see it. */
class MailCommandTest {
    @TempDir
    private Path folder;

    private record Said(int exit, String out, String err) {}

    private static Said belfry(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int exit = line.execute(arguments);
        return new Said(exit, out.toString(), err.toString());
    }

    private static SnsClient sns(Belfry server) {
        return SnsClient.builder()
                .endpointOverride(server.url())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("ann", "x")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    @Test
    void listsAndShowsMails() {
        try (Belfry server = Belfry.start(Options.development());
                SnsClient sns = sns(server)) {
            String endpoint = server.url().toString();
            assertThat(belfry("mail", "--endpoint", endpoint).out()).contains("No mail yet");

            String topic = sns.createTopic(r -> r.name("alerts")).topicArn();
            sns.subscribe(r -> r.topicArn(topic).protocol("email").endpoint("ann@example.com"));
            server.pumps().settle();

            assertThat(belfry("mail", "--endpoint", endpoint).out())
                    .contains("   1  ", "ann@example.com", "AWS Notification - Subscription Confirmation");
            assertThat(belfry("mail", "1", "--endpoint", endpoint).out())
                    .contains("To:      ann@example.com", "/_belfry/confirm?TopicArn=");
            Said none = belfry("mail", "2", "--endpoint", endpoint);
            assertThat(none.exit()).isEqualTo(1);
            assertThat(none.err()).contains("There is no mail 2; there are 1.");
        }
    }

    @Test
    void aSecuredServerShowsItsMailboxToItsRoot() throws Exception {
        Options options = Options.read(Map.of("port", "0", "data-dir", folder.toString()), Map.of());
        try (Belfry server = Belfry.start(options, Clock.system())) {
            List<String> profile = Files.readAllLines(folder.resolve("credentials"));
            AwsCredentials root = AwsBasicCredentials.create(
                    value(profile, "aws_access_key_id"), value(profile, "aws_secret_access_key"));
            try (OperatorPages pages = new OperatorPages(server.url(), Optional.of(root));
                    OperatorPages unsigned = new OperatorPages(server.url(), Optional.empty())) {
                assertThat(pages.get("/_belfry/mail")).isEmpty();
                assertThatThrownBy(() -> unsigned.get("/_belfry/mail"))
                        .hasMessageContaining("AWS_SHARED_CREDENTIALS_FILE");
            }
        }
    }

    private static String value(List<String> profile, String name) {
        return profile.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf('=') + 1).strip())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void saysWhereItLookedWhenNobodyAnswers() {
        Said said = belfry("mail", "--endpoint", "http://127.0.0.1:1");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err()).contains("No Belfry answers at http://127.0.0.1:1");
    }
}
