package belfry.buckets.trailfiles;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.TestServer;
import belfry.base.Ids;
import belfry.base.Json;
import belfry.store.Tx;
import belfry.trail.Trail;
import belfry.wire.ServiceException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;

class TrailFilesTest {
    private static final String FOLDER =
            "audit/AWSLogs/" + TestServer.ACCOUNT + "/CloudTrail/us-east-1/2026/03/02/" + TestServer.ACCOUNT;

    private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private final List<String> notices = new ArrayList<>();
    private volatile boolean refusing;
    private TestServer server;
    private CloudTrailClient trails;

    @BeforeEach
    void start() {
        server = TestServer.start();
        trails = server.client(CloudTrailClient.builder());
        var files = new TrailFiles(
                server.belfry().store(),
                server.clock(),
                new Ids(new Random(1)),
                this::put,
                (tx, trail, message) -> notices.add(message),
                Duration.ofMinutes(5));
        files.pumps().forEach(server.belfry().pumps()::start);
        trails.createTrail(in -> in.name("watch")
                .s3BucketName("logs-bucket")
                .s3KeyPrefix("audit")
                .snsTopicName("files"));
        trails.startLogging(in -> in.name("watch"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void put(Tx tx, Trail trail, String key, byte[] file) {
        if (refusing) {
            throw ServiceException.of("AccessDenied", 403, "Access Denied");
        }
        objects.put(key, file);
    }

    /** The events of all files, in their order. */
    private List<String> delivered() {
        List<String> names = new ArrayList<>();
        new TreeMap<>(objects).values().forEach(file -> {
            for (JsonNode record : Json.parse(gunzip(file)).get("Records")) {
                names.add(record.get("eventName").asText());
            }
        });
        return names;
    }

    private static String gunzip(byte[] file) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void filesAreWrittenAtTheEndOfFiveMinutes() {
        server.advance(Duration.ofMinutes(4));
        trails.describeTrails();
        server.settle();
        assertThat(objects).isEmpty();
        server.advance(Duration.ofMinutes(1));
        assertThat(objects.keySet())
                .singleElement()
                .asString()
                .matches(FOLDER + "_CloudTrail_us-east-1_20260302T1005Z_[A-Za-z0-9]{16}\\.json\\.gz");
        assertThat(delivered()).containsExactly("StartLogging", "DescribeTrails");
        String key = objects.keySet().iterator().next();
        assertThat(notices).containsExactly("{\"s3Bucket\":\"logs-bucket\",\"s3ObjectKey\":[\"" + key + "\"]}");
        server.advance(Duration.ofHours(1));
        assertThat(objects).hasSize(1);
        var status = trails.getTrailStatus(in -> in.name("watch"));
        assertThat(status.latestDeliveryTime()).isEqualTo(TestServer.START.plusSeconds(300));
        assertThat(status.latestDeliveryError()).isNull();
        assertThat(status.latestNotificationTime()).isEqualTo(TestServer.START.plusSeconds(300));
    }

    @Test
    void stoppingDeliversAtOnce() {
        trails.stopLogging(in -> in.name("watch"));
        trails.describeTrails();
        server.settle();
        assertThat(delivered()).containsExactly("StartLogging", "StopLogging");
    }

    @Test
    void whatABucketRefusesWaitsAndIsDeliveredInOrder() {
        refusing = true;
        server.advance(Duration.ofMinutes(5));
        trails.describeTrails();
        server.advance(Duration.ofHours(2));
        assertThat(objects).isEmpty();
        assertThat(trails.getTrailStatus(in -> in.name("watch")).latestDeliveryError())
                .isEqualTo("AccessDenied");
        refusing = false;
        server.advance(Duration.ofMinutes(5));
        assertThat(delivered()).containsExactly("StartLogging", "DescribeTrails", "GetTrailStatus");
        assertThat(trails.getTrailStatus(in -> in.name("watch")).latestDeliveryError())
                .isNull();
    }
}
