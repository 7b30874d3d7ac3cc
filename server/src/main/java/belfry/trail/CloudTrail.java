package belfry.trail;

import belfry.api.cloudtrail.AddTagsRequest;
import belfry.api.cloudtrail.AddTagsResponse;
import belfry.api.cloudtrail.CloudTrailApi;
import belfry.api.cloudtrail.CreateTrailRequest;
import belfry.api.cloudtrail.CreateTrailResponse;
import belfry.api.cloudtrail.DeleteTrailRequest;
import belfry.api.cloudtrail.DeleteTrailResponse;
import belfry.api.cloudtrail.DescribeTrailsRequest;
import belfry.api.cloudtrail.DescribeTrailsResponse;
import belfry.api.cloudtrail.GetEventSelectorsRequest;
import belfry.api.cloudtrail.GetEventSelectorsResponse;
import belfry.api.cloudtrail.GetInsightSelectorsRequest;
import belfry.api.cloudtrail.GetInsightSelectorsResponse;
import belfry.api.cloudtrail.GetTrailRequest;
import belfry.api.cloudtrail.GetTrailResponse;
import belfry.api.cloudtrail.GetTrailStatusRequest;
import belfry.api.cloudtrail.GetTrailStatusResponse;
import belfry.api.cloudtrail.ListPublicKeysRequest;
import belfry.api.cloudtrail.ListPublicKeysResponse;
import belfry.api.cloudtrail.ListTagsRequest;
import belfry.api.cloudtrail.ListTagsResponse;
import belfry.api.cloudtrail.ListTrailsRequest;
import belfry.api.cloudtrail.ListTrailsResponse;
import belfry.api.cloudtrail.LookupEventsRequest;
import belfry.api.cloudtrail.LookupEventsResponse;
import belfry.api.cloudtrail.PutEventSelectorsRequest;
import belfry.api.cloudtrail.PutEventSelectorsResponse;
import belfry.api.cloudtrail.PutInsightSelectorsRequest;
import belfry.api.cloudtrail.PutInsightSelectorsResponse;
import belfry.api.cloudtrail.RemoveTagsRequest;
import belfry.api.cloudtrail.RemoveTagsResponse;
import belfry.api.cloudtrail.StartLoggingRequest;
import belfry.api.cloudtrail.StartLoggingResponse;
import belfry.api.cloudtrail.StopLoggingRequest;
import belfry.api.cloudtrail.StopLoggingResponse;
import belfry.api.cloudtrail.UpdateTrailRequest;
import belfry.api.cloudtrail.UpdateTrailResponse;
import belfry.base.Bell;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import java.util.List;
import java.util.Optional;

/** The CloudTrail API: trails, selectors, tags and event history (semantics: cloudtrail.md §2, §6). */
public final class CloudTrail implements CloudTrailApi<Call> {
    /** Rung when a trail stops logging or is deleted: what it has selected is delivered at once. */
    public static final Bell STOPPED = new Bell("trail.stopped");

    /** Rung when a trail starts, stops, changes or goes: chains of digests begin and end with that. */
    public static final Bell CHANGED = new Bell("trail.changed");

    private static final int TRAILS_MAX = 5;

    private final DestinationRules destinations;
    private final LookupThrottle throttle;

    /** @param throttled whether LookupEvents is held to AWS's two calls a second */
    public CloudTrail(Checks checks, boolean throttled) {
        this.destinations = new DestinationRules(checks);
        this.throttle = new LookupThrottle(throttled);
    }

    @Override
    public CreateTrailResponse createTrail(CreateTrailRequest in, Call call) {
        TrailNames.check(in.name());
        TrailDraft wished = TrailDraft.of(in, call);
        call.touches("AWS::CloudTrail::Trail", wished.arn());
        return call.write(tx -> {
            requireRoom(tx, wished);
            TrailDraft draft = requireDestinations(tx, wished);
            TrailTable.insert(tx, draft, call);
            Trail trail = Trails.find(tx, draft.account(), draft.homeRegion(), draft.name())
                    .orElseThrow();
            TrailTags.add(tx, trail, in.tagsList());
            return TrailViews.created(draft);
        });
    }

    private static void requireRoom(Tx tx, TrailDraft draft) {
        if (Trails.find(tx, draft.account(), draft.homeRegion(), draft.name()).isPresent()) {
            throw ServiceException.of(
                    "TrailAlreadyExistsException",
                    "Trail " + draft.name() + " already exists for customer: " + draft.account());
        }
        if (Trails.visible(tx, draft.account(), draft.homeRegion()).size() >= TRAILS_MAX) {
            throw ServiceException.of(
                    "MaximumNumberOfTrailsExceededException",
                    "User: " + draft.account() + " already has " + TRAILS_MAX + " trails in " + draft.homeRegion()
                            + ".");
        }
    }

    /** Returns the draft with the names of its destinations in full. */
    private TrailDraft requireDestinations(Tx tx, TrailDraft wished) {
        TrailDraft draft = destinations.key(tx, wished);
        destinations.bucket(tx, draft);
        destinations.topic(tx, draft);
        destinations.logs(tx, draft);
        return draft;
    }

    @Override
    public UpdateTrailResponse updateTrail(UpdateTrailRequest in, Call call) {
        return call.write(tx -> {
            Trail trail = TrailFinder.toChange(tx, call, in.name());
            TrailDraft draft = requireDestinations(tx, TrailDraft.of(in, trail));
            TrailTable.change(tx, trail, draft, call);
            tx.ring(CHANGED);
            return TrailViews.updated(draft);
        });
    }

    @Override
    public DeleteTrailResponse deleteTrail(DeleteTrailRequest in, Call call) {
        return call.write(tx -> {
            Trail trail = TrailFinder.toChange(tx, call, in.name());
            InsightSelectors.forget(tx, trail);
            TrailTable.delete(tx, trail, call);
            tx.ring(STOPPED);
            tx.ring(CHANGED);
            return new DeleteTrailResponse();
        });
    }

    @Override
    public StartLoggingResponse startLogging(StartLoggingRequest in, Call call) {
        return call.write(tx -> {
            Trail trail = TrailFinder.toChange(tx, call, in.name());
            if (!trail.logging()) {
                TrailTable.start(tx, trail, call);
                tx.ring(CHANGED);
            }
            return new StartLoggingResponse();
        });
    }

    @Override
    public StopLoggingResponse stopLogging(StopLoggingRequest in, Call call) {
        return call.write(tx -> {
            Trail trail = TrailFinder.toChange(tx, call, in.name());
            if (trail.logging()) {
                TrailTable.stop(tx, trail, call);
                tx.ring(STOPPED);
                tx.ring(CHANGED);
            }
            return new StopLoggingResponse();
        });
    }

    @Override
    public GetTrailResponse getTrail(GetTrailRequest in, Call call) {
        return call.read(tx ->
                new GetTrailResponse().trail(TrailViews.trail(tx, TrailFinder.get(tx, call, in.name()))));
    }

    @Override
    public DescribeTrailsResponse describeTrails(DescribeTrailsRequest in, Call call) {
        List<String> names = in.trailNameList();
        boolean shadows = !Boolean.FALSE.equals(in.includeShadowTrails());
        return call.read(tx -> {
            List<Trail> trails = names == null || names.isEmpty()
                    ? Trails.visible(tx, call.account(), call.region())
                    : names.stream()
                            .map(name -> TrailFinder.find(tx, call, name))
                            .flatMap(Optional::stream)
                            .toList();
            return new DescribeTrailsResponse()
                    .trailList(trails.stream()
                            .filter(trail -> shadows || trail.homeRegion().equals(call.region()))
                            .map(trail -> TrailViews.trail(tx, trail))
                            .toList());
        });
    }

    @Override
    public ListTrailsResponse listTrails(ListTrailsRequest in, Call call) {
        return call.read(tx -> new ListTrailsResponse()
                .trails(Trails.all(tx, call.account()).stream()
                        .map(TrailViews::info)
                        .toList()));
    }

    @Override
    public GetTrailStatusResponse getTrailStatus(GetTrailStatusRequest in, Call call) {
        return call.read(tx -> TrailViews.status(tx, TrailFinder.get(tx, call, in.name())));
    }

    @Override
    public PutEventSelectorsResponse putEventSelectors(PutEventSelectorsRequest in, Call call) {
        Selectors selectors = SelectorRules.of(in);
        return call.write(tx -> {
            Trail trail = TrailFinder.toChange(tx, call, in.trailName());
            TrailTable.select(tx, trail, SelectorsJson.write(selectors), call);
            return new PutEventSelectorsResponse()
                    .trailARN(trail.arn())
                    .eventSelectors(SelectorViews.basic(selectors))
                    .advancedEventSelectors(SelectorViews.advanced(selectors));
        });
    }

    @Override
    public GetEventSelectorsResponse getEventSelectors(GetEventSelectorsRequest in, Call call) {
        return call.read(tx -> {
            Trail trail = TrailFinder.get(tx, call, in.trailName());
            Selectors selectors = SelectorsJson.parse(trail.selectors());
            return new GetEventSelectorsResponse()
                    .trailARN(trail.arn())
                    .eventSelectors(SelectorViews.basic(selectors))
                    .advancedEventSelectors(SelectorViews.advanced(selectors));
        });
    }

    @Override
    public PutInsightSelectorsResponse putInsightSelectors(PutInsightSelectorsRequest in, Call call) {
        return InsightSelectors.put(in, call);
    }

    @Override
    public GetInsightSelectorsResponse getInsightSelectors(GetInsightSelectorsRequest in, Call call) {
        return InsightSelectors.get(in, call);
    }

    @Override
    public AddTagsResponse addTags(AddTagsRequest in, Call call) {
        return call.write(tx -> {
            TrailTags.add(tx, TrailTags.find(tx, call, in.resourceId()), in.tagsList());
            return new AddTagsResponse();
        });
    }

    @Override
    public RemoveTagsResponse removeTags(RemoveTagsRequest in, Call call) {
        return call.write(tx -> {
            TrailTags.remove(tx, TrailTags.find(tx, call, in.resourceId()), in.tagsList());
            return new RemoveTagsResponse();
        });
    }

    @Override
    public ListTagsResponse listTags(ListTagsRequest in, Call call) {
        return call.read(tx -> new ListTagsResponse().resourceTagList(TrailTags.list(tx, call, in.resourceIdList())));
    }

    @Override
    public ListPublicKeysResponse listPublicKeys(ListPublicKeysRequest in, Call call) {
        return PublicKeys.list(in, call);
    }

    @Override
    public LookupEventsResponse lookupEvents(LookupEventsRequest in, Call call) {
        throttle.take(call);
        return call.read(tx -> EventHistory.lookup(tx, in, call));
    }
}
