package belfry.logs;

import belfry.api.logs.AssociateKmsKeyRequest;
import belfry.api.logs.CreateLogGroupRequest;
import belfry.api.logs.CreateLogStreamRequest;
import belfry.api.logs.DeleteLogGroupRequest;
import belfry.api.logs.DeleteLogStreamRequest;
import belfry.api.logs.DeleteMetricFilterRequest;
import belfry.api.logs.DeleteQueryDefinitionRequest;
import belfry.api.logs.DeleteQueryDefinitionResponse;
import belfry.api.logs.DeleteResourcePolicyRequest;
import belfry.api.logs.DeleteRetentionPolicyRequest;
import belfry.api.logs.DeleteSubscriptionFilterRequest;
import belfry.api.logs.DescribeLogGroupsRequest;
import belfry.api.logs.DescribeLogGroupsResponse;
import belfry.api.logs.DescribeLogStreamsRequest;
import belfry.api.logs.DescribeLogStreamsResponse;
import belfry.api.logs.DescribeMetricFiltersRequest;
import belfry.api.logs.DescribeMetricFiltersResponse;
import belfry.api.logs.DescribeQueryDefinitionsRequest;
import belfry.api.logs.DescribeQueryDefinitionsResponse;
import belfry.api.logs.DescribeResourcePoliciesRequest;
import belfry.api.logs.DescribeResourcePoliciesResponse;
import belfry.api.logs.DescribeSubscriptionFiltersRequest;
import belfry.api.logs.DescribeSubscriptionFiltersResponse;
import belfry.api.logs.DisassociateKmsKeyRequest;
import belfry.api.logs.FilterLogEventsRequest;
import belfry.api.logs.FilterLogEventsResponse;
import belfry.api.logs.GetLogEventsRequest;
import belfry.api.logs.GetLogEventsResponse;
import belfry.api.logs.ListLogGroupsRequest;
import belfry.api.logs.ListLogGroupsResponse;
import belfry.api.logs.ListTagsForResourceRequest;
import belfry.api.logs.ListTagsForResourceResponse;
import belfry.api.logs.ListTagsLogGroupRequest;
import belfry.api.logs.ListTagsLogGroupResponse;
import belfry.api.logs.LogsApi;
import belfry.api.logs.PutLogEventsRequest;
import belfry.api.logs.PutLogEventsResponse;
import belfry.api.logs.PutLogGroupDeletionProtectionRequest;
import belfry.api.logs.PutMetricFilterRequest;
import belfry.api.logs.PutQueryDefinitionRequest;
import belfry.api.logs.PutQueryDefinitionResponse;
import belfry.api.logs.PutResourcePolicyRequest;
import belfry.api.logs.PutResourcePolicyResponse;
import belfry.api.logs.PutRetentionPolicyRequest;
import belfry.api.logs.PutSubscriptionFilterRequest;
import belfry.api.logs.TagLogGroupRequest;
import belfry.api.logs.TagResourceRequest;
import belfry.api.logs.TestMetricFilterRequest;
import belfry.api.logs.TestMetricFilterResponse;
import belfry.api.logs.UntagLogGroupRequest;
import belfry.api.logs.UntagResourceRequest;
import belfry.gateway.Call;
import belfry.wire.NoOutput;

/** The operations of CloudWatch Logs; what each does stands in the class that it is handed to. */
public final class Logs implements LogsApi<Call> {
    private final LogGroups groups;
    private final LogStreams streams = new LogStreams();
    private final PutLogEvents ingestion = new PutLogEvents();
    private final ReadLogEvents reading = new ReadLogEvents();
    private final MetricFilters filters = new MetricFilters();
    private final ResourcePolicies policies = new ResourcePolicies();
    private final QueryDefinitions queryDefinitions = new QueryDefinitions();
    private final SubscriptionFilters subscriptions = new SubscriptionFilters();

    /** @param keys lent to the store as well, so that blocks are sealed and opened */
    public Logs(GroupKeys keys) {
        this.groups = new LogGroups(keys);
    }

    @Override
    public NoOutput createLogGroup(CreateLogGroupRequest in, Call call) {
        return groups.create(in, call);
    }

    @Override
    public NoOutput deleteLogGroup(DeleteLogGroupRequest in, Call call) {
        return groups.delete(in.logGroupName(), call);
    }

    @Override
    public NoOutput putLogGroupDeletionProtection(PutLogGroupDeletionProtectionRequest in, Call call) {
        return groups.protect(in.logGroupIdentifier(), in.deletionProtectionEnabled(), call);
    }

    @Override
    public DescribeLogGroupsResponse describeLogGroups(DescribeLogGroupsRequest in, Call call) {
        return groups.describe(in, call);
    }

    @Override
    public ListLogGroupsResponse listLogGroups(ListLogGroupsRequest in, Call call) {
        return groups.list(in, call);
    }

    @Override
    public NoOutput associateKmsKey(AssociateKmsKeyRequest in, Call call) {
        return groups.setKey(in.logGroupName(), in.resourceIdentifier(), in.kmsKeyId(), call);
    }

    @Override
    public NoOutput disassociateKmsKey(DisassociateKmsKeyRequest in, Call call) {
        return groups.setKey(in.logGroupName(), in.resourceIdentifier(), null, call);
    }

    @Override
    public NoOutput putRetentionPolicy(PutRetentionPolicyRequest in, Call call) {
        return LogRetention.put(in.logGroupName(), in.retentionInDays(), call);
    }

    @Override
    public NoOutput deleteRetentionPolicy(DeleteRetentionPolicyRequest in, Call call) {
        return LogRetention.delete(in.logGroupName(), call);
    }

    @Override
    public NoOutput tagResource(TagResourceRequest in, Call call) {
        return LogTags.tag(call, tx -> LogGroupTable.requireArn(tx, call, in.resourceArn()), in.tags());
    }

    @Override
    public NoOutput untagResource(UntagResourceRequest in, Call call) {
        return LogTags.untag(call, tx -> LogGroupTable.requireArn(tx, call, in.resourceArn()), in.tagKeys());
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest in, Call call) {
        return new ListTagsForResourceResponse()
                .tags(LogTags.list(call, tx -> LogGroupTable.requireArn(tx, call, in.resourceArn())));
    }

    @Override
    public NoOutput tagLogGroup(TagLogGroupRequest in, Call call) {
        return LogTags.tag(call, tx -> LogGroupTable.require(tx, call, in.logGroupName()), in.tags());
    }

    @Override
    public NoOutput untagLogGroup(UntagLogGroupRequest in, Call call) {
        return LogTags.untag(call, tx -> LogGroupTable.require(tx, call, in.logGroupName()), in.tags());
    }

    @Override
    public ListTagsLogGroupResponse listTagsLogGroup(ListTagsLogGroupRequest in, Call call) {
        return new ListTagsLogGroupResponse()
                .tags(LogTags.list(call, tx -> LogGroupTable.require(tx, call, in.logGroupName())));
    }

    @Override
    public NoOutput createLogStream(CreateLogStreamRequest in, Call call) {
        return streams.create(in, call);
    }

    @Override
    public NoOutput deleteLogStream(DeleteLogStreamRequest in, Call call) {
        return streams.delete(in, call);
    }

    @Override
    public DescribeLogStreamsResponse describeLogStreams(DescribeLogStreamsRequest in, Call call) {
        return streams.describe(in, call);
    }

    @Override
    public PutLogEventsResponse putLogEvents(PutLogEventsRequest in, Call call) {
        return ingestion.put(in, call);
    }

    @Override
    public GetLogEventsResponse getLogEvents(GetLogEventsRequest in, Call call) {
        return reading.get(in, call);
    }

    @Override
    public FilterLogEventsResponse filterLogEvents(FilterLogEventsRequest in, Call call) {
        return reading.filter(in, call);
    }

    @Override
    public NoOutput putMetricFilter(PutMetricFilterRequest in, Call call) {
        return filters.put(in, call);
    }

    @Override
    public DescribeMetricFiltersResponse describeMetricFilters(DescribeMetricFiltersRequest in, Call call) {
        return filters.describe(in, call);
    }

    @Override
    public NoOutput deleteMetricFilter(DeleteMetricFilterRequest in, Call call) {
        return filters.delete(in, call);
    }

    @Override
    public TestMetricFilterResponse testMetricFilter(TestMetricFilterRequest in, Call call) {
        return FilterRules.test(in);
    }

    @Override
    public PutResourcePolicyResponse putResourcePolicy(PutResourcePolicyRequest in, Call call) {
        return policies.put(in, call);
    }

    @Override
    public NoOutput deleteResourcePolicy(DeleteResourcePolicyRequest in, Call call) {
        return policies.delete(in, call);
    }

    @Override
    public DescribeResourcePoliciesResponse describeResourcePolicies(DescribeResourcePoliciesRequest in, Call call) {
        return policies.describe(in, call);
    }

    @Override
    public PutQueryDefinitionResponse putQueryDefinition(PutQueryDefinitionRequest in, Call call) {
        return queryDefinitions.put(in, call);
    }

    @Override
    public DescribeQueryDefinitionsResponse describeQueryDefinitions(DescribeQueryDefinitionsRequest in, Call call) {
        return queryDefinitions.describe(in, call);
    }

    @Override
    public DeleteQueryDefinitionResponse deleteQueryDefinition(DeleteQueryDefinitionRequest in, Call call) {
        return queryDefinitions.delete(in, call);
    }

    @Override
    public NoOutput putSubscriptionFilter(PutSubscriptionFilterRequest in, Call call) {
        return subscriptions.put(in, call);
    }

    @Override
    public DescribeSubscriptionFiltersResponse describeSubscriptionFilters(
            DescribeSubscriptionFiltersRequest in, Call call) {
        return subscriptions.describe(in, call);
    }

    @Override
    public NoOutput deleteSubscriptionFilter(DeleteSubscriptionFilterRequest in, Call call) {
        return subscriptions.delete(in, call);
    }
}
