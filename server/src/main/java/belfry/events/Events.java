package belfry.events;

import belfry.api.events.EventsApi;
import belfry.base.Clock;
import belfry.base.Ids;
import belfry.base.Pump;
import belfry.gateway.Call;
import belfry.store.Store;
import java.util.List;

/** The events stage, put together: the EventBridge API and the pumps. */
public final class Events {
    private final Store store;
    private final Clock clock;
    private final Ids ids;
    private final Router router = new Router();

    public Events(Store store, Clock clock, Ids ids) {
        this.store = store;
        this.clock = clock;
        this.ids = ids;
    }

    public EventsApi<Call> api() {
        return new EventBridge(router, ids);
    }

    public List<Pump> pumps() {
        Store relay = store.relaying();
        return List.of(
                new TrailSource(relay, clock, router, ids),
                new AlarmSource(relay, clock, router, ids),
                new SchedulePump(relay, clock, ids),
                new Forwarder(relay, clock, router),
                new ReplayPump(relay, clock, router),
                new ArchiveRetention(store, clock),
                new Housekeeping(store, clock));
    }
}
