package belfry.tools.doctor;

import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/** CloudWatch's ListAlarmMuteRules, which the SDK that is used here does not know yet: one signed JSON call. */
final class MuteRules {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String JSON = "application/x-amz-json-1.0";

    private final URI monitoring;
    private final String region;
    private final AwsCredentialsProvider credentials;

    MuteRules(URI monitoring, String region, AwsCredentialsProvider credentials) {
        this.monitoring = monitoring;
        this.region = region;
        this.credentials = credentials;
    }

    /**
     * The ARNs of the rules that mute the alarm just now.
     *
     * @throws IOException where it is not answered
     */
    List<String> active(String alarm) throws IOException {
        String body = Json.write(Json.object()
                .put("AlarmName", alarm)
                .set("Statuses", Json.array().add("ACTIVE")));
        JsonNode answer = call(body);
        List<String> arns = new ArrayList<>();
        answer.path("AlarmMuteRuleSummaries")
                .forEach(rule -> arns.add(rule.path("AlarmMuteRuleArn").asText()));
        return arns;
    }

    private JsonNode call(String body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(root()).timeout(TIMEOUT);
        SdkHttpRequest plain = SdkHttpRequest.builder()
                .uri(root())
                .method(SdkHttpMethod.POST)
                .putHeader("Content-Type", JSON)
                .putHeader("X-Amz-Target", "GraniteServiceVersion20100801.ListAlarmMuteRules")
                .build();
        AwsV4HttpSigner.create()
                .sign(r -> r.identity(credentials.resolveCredentials())
                        .request(plain)
                        .payload(ContentStreamProvider.fromUtf8String(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "monitoring")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region))
                .request()
                .forEachHeader((name, values) -> {
                    if (!name.equalsIgnoreCase("Host")) {
                        request.header(name, values.getFirst());
                    }
                });
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(
                    request.POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("ListAlarmMuteRules answered " + answer.statusCode());
            }
            return Json.parse(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private URI root() {
        return monitoring.resolve("/");
    }
}
