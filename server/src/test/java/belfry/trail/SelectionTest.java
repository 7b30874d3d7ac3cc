package belfry.trail;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.TestServer;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.CreateTrailRequest;
import software.amazon.awssdk.services.cloudtrail.model.EventSelector;

/** Which records a trail logs: exactly those between StartLogging and StopLogging, both included. */
class SelectionTest {
    private TestServer server;
    private CloudTrailClient trails;

    @BeforeEach
    void start() {
        server = TestServer.start();
        trails = server.client(CloudTrailClient.builder());
        TrailBuckets.create(server.s3(), "trail-bucket");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void create(String name, Consumer<CreateTrailRequest.Builder> more) {
        trails.createTrail(in -> more.accept(in.name(name).s3BucketName("trail-bucket")));
    }

    /** The names of the events that the trail with this id has selected. */
    private List<String> selected(long trail) {
        return server.belfry()
                .store()
                .read(tx -> tx.query(
                        "SELECT name FROM trail_event WHERE ' ' || selected || ' ' LIKE ? ORDER BY seq",
                        row -> row.text(1),
                        "% " + trail + " %"));
    }

    @Test
    void startAndStopAreTheFirstAndLastRecords() {
        create("watch", in -> {});
        trails.describeTrails();
        trails.startLogging(in -> in.name("watch"));
        trails.describeTrails();
        trails.stopLogging(in -> in.name("watch"));
        trails.describeTrails();
        trails.startLogging(in -> in.name("watch"));
        trails.deleteTrail(in -> in.name("watch"));
        trails.describeTrails();
        assertThat(selected(1))
                .containsExactly("StartLogging", "DescribeTrails", "StopLogging", "StartLogging", "DeleteTrail");
    }

    @Test
    void theCallThatNarrowsATrailIsItselfStillLogged() {
        create("watch", in -> {});
        trails.startLogging(in -> in.name("watch"));
        trails.putEventSelectors(in -> in.trailName("watch")
                .eventSelectors(
                        EventSelector.builder().readWriteType("ReadOnly").build()));
        trails.addTags(in -> in.resourceId(arn("watch")).tagsList(List.of()));
        trails.describeTrails();
        assertThat(selected(1)).containsExactly("StartLogging", "PutEventSelectors", "DescribeTrails");
        List<String> reasons = server.belfry()
                .store()
                .read(tx -> tx.query("SELECT refused FROM trail_event WHERE name = 'AddTags'", row -> row.text(1)));
        assertThat(reasons).containsExactly("1:READ_WRITE_TYPE");
    }

    private static String arn(String name) {
        return "arn:aws:cloudtrail:us-east-1:" + TestServer.ACCOUNT + ":trail/" + name;
    }
}
