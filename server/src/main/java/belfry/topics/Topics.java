package belfry.topics;

import belfry.api.sns.SnsApi;
import belfry.base.Clock;
import belfry.base.Ids;
import belfry.base.Pump;
import belfry.gateway.Call;
import belfry.gateway.Endpoint;
import belfry.store.Store;
import belfry.topics.queue.Queues;
import java.util.List;
import java.util.Map;

/** The topics stage, put together: the SNS API, the pages that mails link to, and the pumps. */
public final class Topics {
    private final Store store;
    private final Clock clock;
    private final Links links;
    private final Publisher publisher;
    private final Ids ids;
    private final Queues queues;

    /**
     * @param ids from a secure source of randomness
     * @param mailFrom the sender's address; Message-IDs end with its domain
     */
    public Topics(Store store, Clock clock, Ids ids, Links links, String mailFrom, Queues queues) {
        this.store = store;
        this.clock = clock;
        this.links = links;
        this.ids = ids;
        this.queues = queues;
        String mailDomain = mailFrom.substring(mailFrom.indexOf('@') + 1);
        this.publisher = new Publisher(new Letters(links), ids, mailDomain, new QueueSubscribers(queues, links));
    }

    public SnsApi<Call> api() {
        return new Sns(publisher, new Confirmations(publisher, ids), ids);
    }

    /** By the name that follows {@code /_belfry/}. */
    public Map<String, Endpoint> pages() {
        return Map.of(
                "confirm", new ConfirmPage(store, clock, links),
                "unsubscribe", new UnsubscribePage(store),
                "alert", new AlertPages(store));
    }

    /** CloudTrail's way to its subscribers. */
    public TrailNotices trailNotices() {
        return new TrailNotices(publisher, clock, ids);
    }

    public List<Pump> pumps() {
        Store relay = store.relaying();
        return List.of(
                new AlarmPublisher(relay, clock, publisher, links, ids),
                new EventTargets(relay, clock, publisher, queues, ids),
                new Housekeeping(store, clock));
    }
}
