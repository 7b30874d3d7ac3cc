package belfry.events;

import belfry.api.events.CancelReplayRequest;
import belfry.api.events.CancelReplayResponse;
import belfry.api.events.CreateArchiveRequest;
import belfry.api.events.CreateArchiveResponse;
import belfry.api.events.CreateEventBusRequest;
import belfry.api.events.CreateEventBusResponse;
import belfry.api.events.DeleteArchiveRequest;
import belfry.api.events.DeleteArchiveResponse;
import belfry.api.events.DeleteEventBusRequest;
import belfry.api.events.DeleteRuleRequest;
import belfry.api.events.DescribeArchiveRequest;
import belfry.api.events.DescribeArchiveResponse;
import belfry.api.events.DescribeEventBusRequest;
import belfry.api.events.DescribeEventBusResponse;
import belfry.api.events.DescribeReplayRequest;
import belfry.api.events.DescribeReplayResponse;
import belfry.api.events.DescribeRuleRequest;
import belfry.api.events.DescribeRuleResponse;
import belfry.api.events.DisableRuleRequest;
import belfry.api.events.EnableRuleRequest;
import belfry.api.events.EventsApi;
import belfry.api.events.ListArchivesRequest;
import belfry.api.events.ListArchivesResponse;
import belfry.api.events.ListEventBusesRequest;
import belfry.api.events.ListEventBusesResponse;
import belfry.api.events.ListReplaysRequest;
import belfry.api.events.ListReplaysResponse;
import belfry.api.events.ListRuleNamesByTargetRequest;
import belfry.api.events.ListRuleNamesByTargetResponse;
import belfry.api.events.ListRulesRequest;
import belfry.api.events.ListRulesResponse;
import belfry.api.events.ListTagsForResourceRequest;
import belfry.api.events.ListTagsForResourceResponse;
import belfry.api.events.ListTargetsByRuleRequest;
import belfry.api.events.ListTargetsByRuleResponse;
import belfry.api.events.PutEventsRequest;
import belfry.api.events.PutEventsResponse;
import belfry.api.events.PutPermissionRequest;
import belfry.api.events.PutRuleRequest;
import belfry.api.events.PutRuleResponse;
import belfry.api.events.PutTargetsRequest;
import belfry.api.events.PutTargetsResponse;
import belfry.api.events.RemovePermissionRequest;
import belfry.api.events.RemoveTargetsRequest;
import belfry.api.events.RemoveTargetsResponse;
import belfry.api.events.StartReplayRequest;
import belfry.api.events.StartReplayResponse;
import belfry.api.events.TagResourceRequest;
import belfry.api.events.TagResourceResponse;
import belfry.api.events.TestEventPatternRequest;
import belfry.api.events.TestEventPatternResponse;
import belfry.api.events.UntagResourceRequest;
import belfry.api.events.UntagResourceResponse;
import belfry.api.events.UpdateArchiveRequest;
import belfry.api.events.UpdateArchiveResponse;
import belfry.api.events.UpdateEventBusRequest;
import belfry.api.events.UpdateEventBusResponse;
import belfry.base.Ids;
import belfry.gateway.Call;
import belfry.wire.NoOutput;

/** The EventBridge operations that Belfry answers, each where it belongs (semantics: eventbridge-iam.md §2 to §5). */
final class EventBridge implements EventsApi<Call> {
    private final BusOperations buses = new BusOperations();
    private final PermissionOperations permissions = new PermissionOperations();
    private final RuleOperations rules = new RuleOperations();
    private final TargetOperations targets = new TargetOperations();
    private final TagOperations tags = new TagOperations();
    private final ArchiveOperations archives = new ArchiveOperations();
    private final ReplayOperations replays = new ReplayOperations();
    private final EventOperations events;

    EventBridge(Router router, Ids ids) {
        this.events = new EventOperations(router, ids);
    }

    @Override
    public CreateEventBusResponse createEventBus(CreateEventBusRequest in, Call call) {
        return buses.create(in, call);
    }

    @Override
    public UpdateEventBusResponse updateEventBus(UpdateEventBusRequest in, Call call) {
        return buses.update(in, call);
    }

    @Override
    public NoOutput deleteEventBus(DeleteEventBusRequest in, Call call) {
        return buses.delete(in, call);
    }

    @Override
    public DescribeEventBusResponse describeEventBus(DescribeEventBusRequest in, Call call) {
        return buses.describe(in, call);
    }

    @Override
    public ListEventBusesResponse listEventBuses(ListEventBusesRequest in, Call call) {
        return buses.list(in, call);
    }

    @Override
    public NoOutput putPermission(PutPermissionRequest in, Call call) {
        return permissions.put(in, call);
    }

    @Override
    public NoOutput removePermission(RemovePermissionRequest in, Call call) {
        return permissions.remove(in, call);
    }

    @Override
    public PutRuleResponse putRule(PutRuleRequest in, Call call) {
        return rules.put(in, call);
    }

    @Override
    public DescribeRuleResponse describeRule(DescribeRuleRequest in, Call call) {
        return rules.describe(in, call);
    }

    @Override
    public ListRulesResponse listRules(ListRulesRequest in, Call call) {
        return rules.list(in, call);
    }

    @Override
    public NoOutput deleteRule(DeleteRuleRequest in, Call call) {
        return rules.delete(in, call);
    }

    @Override
    public NoOutput enableRule(EnableRuleRequest in, Call call) {
        return rules.enable(in, call);
    }

    @Override
    public NoOutput disableRule(DisableRuleRequest in, Call call) {
        return rules.disable(in, call);
    }

    @Override
    public PutTargetsResponse putTargets(PutTargetsRequest in, Call call) {
        return targets.put(in, call);
    }

    @Override
    public RemoveTargetsResponse removeTargets(RemoveTargetsRequest in, Call call) {
        return targets.remove(in, call);
    }

    @Override
    public ListTargetsByRuleResponse listTargetsByRule(ListTargetsByRuleRequest in, Call call) {
        return targets.list(in, call);
    }

    @Override
    public ListRuleNamesByTargetResponse listRuleNamesByTarget(ListRuleNamesByTargetRequest in, Call call) {
        return targets.rules(in, call);
    }

    @Override
    public PutEventsResponse putEvents(PutEventsRequest in, Call call) {
        return events.put(in, call);
    }

    @Override
    public TestEventPatternResponse testEventPattern(TestEventPatternRequest in, Call call) {
        return events.test(in, call);
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest in, Call call) {
        return tags.tag(in, call);
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest in, Call call) {
        return tags.untag(in, call);
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest in, Call call) {
        return tags.list(in, call);
    }

    @Override
    public CreateArchiveResponse createArchive(CreateArchiveRequest in, Call call) {
        return archives.create(in, call);
    }

    @Override
    public DescribeArchiveResponse describeArchive(DescribeArchiveRequest in, Call call) {
        return archives.describe(in, call);
    }

    @Override
    public ListArchivesResponse listArchives(ListArchivesRequest in, Call call) {
        return archives.list(in, call);
    }

    @Override
    public UpdateArchiveResponse updateArchive(UpdateArchiveRequest in, Call call) {
        return archives.update(in, call);
    }

    @Override
    public DeleteArchiveResponse deleteArchive(DeleteArchiveRequest in, Call call) {
        return archives.delete(in, call);
    }

    @Override
    public StartReplayResponse startReplay(StartReplayRequest in, Call call) {
        return replays.start(in, call);
    }

    @Override
    public DescribeReplayResponse describeReplay(DescribeReplayRequest in, Call call) {
        return replays.describe(in, call);
    }

    @Override
    public ListReplaysResponse listReplays(ListReplaysRequest in, Call call) {
        return replays.list(in, call);
    }

    @Override
    public CancelReplayResponse cancelReplay(CancelReplayRequest in, Call call) {
        return replays.cancel(in, call);
    }
}
