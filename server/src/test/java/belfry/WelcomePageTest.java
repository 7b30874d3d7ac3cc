package belfry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.sns.SnsClient;

/** What a person with a browser sees; programs at the same addresses get what they always got. */
class WelcomePageTest {
    @TempDir
    private Path folder;

    private static HttpResponse<String> browse(URI server, String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(server.resolve(path))
                            .header("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void aBrowserAtTheDoorIsWelcomed() throws Exception {
        try (TestServer server = TestServer.start()) {
            for (String path : new String[] {"/", "/_belfry", "/_belfry/"}) {
                HttpResponse<String> page = browse(server.url(), path);
                assertThat(page.statusCode()).as(path).isEqualTo(200);
                assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
                assertThat(page.body())
                        .contains("This is Belfry", "DEVELOPMENT MODE", "/_belfry/mail", "/_belfry/health")
                        .contains("export AWS_ENDPOINT_URL=" + server.url());
            }
            assertThat(server.get("/_belfry/nothing").body()).contains("/_belfry/ lists what there is");
        }
    }

    @Test
    void programsListBucketsAtTheSameDoor() {
        try (TestServer server = TestServer.start()) {
            S3Client s3 = server.s3();
            s3.createBucket(r -> r.bucket("a-bucket"));
            assertThat(s3.listBuckets().buckets()).extracting(Bucket::name).containsExactly("a-bucket");
            assertThat(server.get("/").body()).contains("ListAllMyBucketsResult");
        }
    }

    @Test
    void mailsAndDeliveriesCanBeReadInABrowser() throws Exception {
        try (TestServer server = TestServer.start()) {
            assertThat(browse(server.url(), "/_belfry/mail").body()).contains("No mail yet", "belfry doctor");
            SnsClient sns = server.client(SnsClient.builder());
            String topic = sns.createTopic(r -> r.name("alerts")).topicArn();
            sns.subscribe(r -> r.topicArn(topic).protocol("email").endpoint("ann@example.com"));
            server.settle();

            String list = browse(server.url(), "/_belfry/mail").body();
            assertThat(list).contains("Subscription Confirmation", "ann@example.com");
            String link = list.replaceAll("(?s).*href=\"(/_belfry/mail\\?id=[^\"]+)\".*", "$1");
            assertThat(browse(server.url(), link).body()).contains("/_belfry/confirm?TopicArn=");
            assertThat(browse(server.url(), "/_belfry/mail?id=none").statusCode())
                    .isEqualTo(404);
            assertThat(browse(server.url(), "/_belfry/deliveries").body())
                    .contains("Sent: ", "to ann@example.com (email), tries: 1");
        }
    }

    @Test
    void aSecuredServerSaysWhyABrowserMayNotLook() throws Exception {
        try (SecuredServer server = new SecuredServer(folder)) {
            URI url = server.belfry().url();
            assertThat(browse(url, "/").body()).contains("SECURED", "AWS_PROFILE=belfry");
            for (String page : new String[] {"/_belfry/mail", "/_belfry/deliveries"}) {
                HttpResponse<String> refused = browse(url, page);
                assertThat(refused.statusCode()).isEqualTo(403);
                assertThat(refused.body()).contains("belfry mail", "AWS_SHARED_CREDENTIALS_FILE");
            }
        }
    }
}
