package belfry.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.SecuredServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/** In secured mode mails and deliveries are the root's to read: they hold confirmation links, and who has read what. */
class SecuredPagesTest {
    @TempDir
    private Path folder;

    private static int status(URI uri, AwsCredentials key) throws Exception {
        SdkHttpRequest plain =
                SdkHttpRequest.builder().uri(uri).method(SdkHttpMethod.GET).build();
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(r -> r.identity(key)
                        .request(plain)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"))
                .request();
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        signed.forEachHeader((name, values) -> {
            if (!name.equalsIgnoreCase("Host")) {
                request.header(name, values.getFirst());
            }
        });
        return status(request.build());
    }

    private static int status(HttpRequest request) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    @Test
    void onlyTheRootReadsThem() throws Exception {
        try (SecuredServer server = new SecuredServer(folder)) {
            AwsCredentials user = server.user("ann");
            for (String page : new String[] {"/_belfry/mail", "/_belfry/deliveries?state=Dead"}) {
                URI uri = server.belfry().url().resolve(page);
                assertThat(status(HttpRequest.newBuilder(uri).build())).isEqualTo(403);
                assertThat(status(uri, user)).isEqualTo(403);
                assertThat(status(uri, server.root())).isEqualTo(200);
            }
            URI health = server.belfry().url().resolve("/_belfry/health");
            assertThat(status(HttpRequest.newBuilder(health).build())).isEqualTo(200);
        }
    }
}
