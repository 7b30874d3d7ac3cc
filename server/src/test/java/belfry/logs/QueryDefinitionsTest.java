package belfry.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.TestServer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CloudWatchLogsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.InvalidParameterException;
import software.amazon.awssdk.services.cloudwatchlogs.model.QueryDefinition;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** Saved queries, and subscription filters, which find nothing to deliver to. */
class QueryDefinitionsTest {
    private static final String QUERY = "fields @timestamp\n| limit 5\n";

    private TestServer server;
    private CloudWatchLogsClient logs;

    @BeforeEach
    void start() {
        server = TestServer.start();
        logs = server.client(CloudWatchLogsClient.builder());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String put(String name) {
        return logs.putQueryDefinition(r -> r.name(name).queryString(QUERY).logGroupNames("a", "b"))
                .queryDefinitionId();
    }

    private List<QueryDefinition> all(String prefix) {
        return logs.describeQueryDefinitions(r -> r.queryDefinitionNamePrefix(prefix.isEmpty() ? null : prefix))
                .queryDefinitions();
    }

    @Test
    void aQueryIsKeptByteForByte() {
        String id = put("folder/readers");
        assertThat(all("folder/")).singleElement().satisfies(kept -> {
            assertThat(kept.queryDefinitionId()).isEqualTo(id);
            assertThat(kept.queryString()).isEqualTo(QUERY);
            assertThat(kept.logGroupNames()).containsExactly("a", "b");
            assertThat(kept.queryLanguageAsString()).isEqualTo("CWLI");
            assertThat(kept.lastModified()).isEqualTo(TestServer.START.toEpochMilli());
        });
    }

    @Test
    void puttingItWithItsIdReplacesAllOfIt() {
        String id = put("readers");
        assertThat(logs.putQueryDefinition(
                                r -> r.queryDefinitionId(id).name("writers").queryString("limit 1"))
                        .queryDefinitionId())
                .isEqualTo(id);
        assertThat(all("")).singleElement().satisfies(kept -> {
            assertThat(kept.name()).isEqualTo("writers");
            assertThat(kept.logGroupNames()).isEmpty();
        });
        assertThatThrownBy(() -> logs.putQueryDefinition(
                        r -> r.queryDefinitionId("no-such-id").name("x").queryString("limit 1")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void aRepeatedCallMakesNoSecondOne() {
        String token = UUID.nameUUIDFromBytes(new byte[] {1}).toString();
        List<String> ids = List.of("once", "once").stream()
                .map(name -> logs.putQueryDefinition(
                                r -> r.name(name).queryString(QUERY).clientToken(token))
                        .queryDefinitionId())
                .distinct()
                .toList();
        assertThat(ids).hasSize(1);
        assertThat(all("once")).hasSize(1);
    }

    @Test
    void pagesByName() {
        for (String name : List.of("c c", "a", "b")) {
            put(name);
        }
        var first = logs.describeQueryDefinitions(r -> r.maxResults(2));
        assertThat(first.queryDefinitions()).extracting(QueryDefinition::name).containsExactly("a", "b");
        var second = logs.describeQueryDefinitions(r -> r.maxResults(2).nextToken(first.nextToken()));
        assertThat(second.queryDefinitions()).extracting(QueryDefinition::name).containsExactly("c c");
        assertThat(second.nextToken()).isNull();
    }

    @Test
    void deletedIsGone() {
        String id = put("gone");
        assertThat(logs.deleteQueryDefinition(r -> r.queryDefinitionId(id)).success())
                .isTrue();
        assertThat(all("")).isEmpty();
        assertThatThrownBy(() -> logs.deleteQueryDefinition(r -> r.queryDefinitionId(id)))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void subscriptionFiltersAreRefusedAtOnceAndListedAsNone() {
        logs.createLogGroup(r -> r.logGroupName("g"));
        assertThatThrownBy(() -> subscribe("arn:aws:lambda:us-east-1:123456789012:function:f"))
                .isInstanceOf(CloudWatchLogsException.class)
                .hasMessageContaining("subscription filters to the service 'lambda'");
        assertThatThrownBy(() -> subscribe("arn:aws:sqs:us-east-1:123456789012:q"))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("cannot work with destinationArn for vendor sqs");
        assertThat(logs.describeSubscriptionFilters(r -> r.logGroupName("g")).subscriptionFilters())
                .isEmpty();
        assertThatThrownBy(() ->
                        logs.deleteSubscriptionFilter(r -> r.logGroupName("g").filterName("f")))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> logs.describeSubscriptionFilters(r -> r.logGroupName("none")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    private void subscribe(String destination) {
        logs.putSubscriptionFilter(
                r -> r.logGroupName("g").filterName("f").filterPattern("ERROR").destinationArn(destination));
    }
}
