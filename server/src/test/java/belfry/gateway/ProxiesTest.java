package belfry.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.Options;
import belfry.TestServer;
import belfry.base.Json;
import belfry.gateway.HttpServer.Peer;
import belfry.wire.Headers;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Where a request came from, and whom that is believed. */
class ProxiesTest {
    private static final Proxies TRUSTED = Proxies.parse("10.0.0.0/8, 2001:db8::/32");

    private static Peer plain(String address) {
        return new Peer(address, false, null, null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            198.51.100.7 | 6.6.6.6                          | 198.51.100.7
            10.0.0.1     | none                             | 10.0.0.1
            10.0.0.1     | 203.0.113.9                      | 203.0.113.9
            10.0.0.1     | 6.6.6.6, 203.0.113.9             | 203.0.113.9
            10.0.0.1     | 6.6.6.6, 203.0.113.9, 10.2.3.4   | 203.0.113.9
            10.0.0.1     | 203.0.113.9:4711                 | 203.0.113.9
            10.0.0.1     | [2001:db9::1]:80                 | 2001:db9::1
            10.0.0.1     | 2001:db9::1, 2001:db8::5         | 2001:db9::1
            10.0.0.1     | 10.7.7.7                         | 10.7.7.7
            10.0.0.1     | <script>                         | 10.0.0.1
            10.0.0.1     | 203.0.113.9, unknown             | 10.0.0.1
            10.0.0.1     | ,                                | 10.0.0.1
            """)
    void theEndOfTheListIsBelievedAsFarAsProxiesWroteIt(String direct, String forwarded, String address) {
        Headers headers = forwarded == null ? Headers.empty() : Headers.of("X-Forwarded-For", forwarded);
        assertThat(TRUSTED.origin(plain(direct), headers).address()).isEqualTo(address);
    }

    @Test
    void severalHeadersAreOneList() {
        Headers headers = Headers.of("X-Forwarded-For", "6.6.6.6", "X-Forwarded-For", "203.0.113.9");
        assertThat(TRUSTED.origin(plain("10.0.0.1"), headers).address()).isEqualTo("203.0.113.9");
    }

    @Test
    void nobodysWordIsTakenUnlessNamed() {
        Headers headers = Headers.of("X-Forwarded-For", "6.6.6.6", "X-Forwarded-Proto", "https");
        assertThat(Proxies.NONE.origin(plain("10.0.0.1"), headers)).isEqualTo(plain("10.0.0.1"));
        assertThat(TRUSTED.origin(plain("198.51.100.7"), headers)).isEqualTo(plain("198.51.100.7"));
        assertThatThrownBy(() -> Options.read(Map.of("trusted-proxies", "everyone"), Map.of()))
                .hasMessageContaining("--trusted-proxies is ranges of addresses")
                .hasMessageContaining("'everyone'");
    }

    @Test
    void theRecordTellsTheClientAndItsTls() {
        Options options = Options.development().with("trusted-proxies", "127.0.0.1");
        try (TestServer server = TestServer.start(options)) {
            SecretsManagerClient secrets = server.client(SecretsManagerClient.builder());
            secrets.listSecrets(r -> r.overrideConfiguration(AwsRequestOverrideConfiguration.builder()
                    .putHeader("X-Forwarded-For", List.of("6.6.6.6, 203.0.113.9"))
                    .putHeader("X-Forwarded-Proto", "https")
                    .putHeader("X-Amzn-Tls-Version", "TLSv1.3")
                    .putHeader("X-Amzn-Tls-Cipher-Suite", "TLS_AES_128_GCM_SHA256")
                    .build()));
            JsonNode record = Json.parse(server.client(CloudTrailClient.builder())
                    .lookupEvents()
                    .events()
                    .getFirst()
                    .cloudTrailEvent());
            assertThat(record.path("sourceIPAddress").asText()).isEqualTo("203.0.113.9");
            assertThat(record.path("tlsDetails").path("tlsVersion").asText()).isEqualTo("TLSv1.3");
            assertThat(record.path("tlsDetails").path("cipherSuite").asText()).isEqualTo("TLS_AES_128_GCM_SHA256");
        }
    }
}
