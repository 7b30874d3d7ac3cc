package belfry.topics;

import belfry.api.sns.SnsApi;
import belfry.base.Clock;
import belfry.base.Ids;
import belfry.base.Pump;
import belfry.gateway.Call;
import belfry.gateway.Endpoint;
import belfry.gateway.ServiceCall;
import belfry.seal.RootKey;
import belfry.store.Store;
import belfry.topics.queue.Queues;
import belfry.topics.signing.Signer;
import belfry.vault.Keys;
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
    private final Signer signer;
    private final TextMessages texts;
    private final Errands errands;
    private final TopicKeys topicKeys;

    /**
     * @param ids from a secure source of randomness
     * @param root seals the key that messages are signed with
     * @param keys KMS, for encrypted topics
     * @param recorder is told what services ask of KMS
     * @param sms whether text messages can be sent
     * @param mailFrom the sender's address; Message-IDs end with its domain
     */
    public Topics(
            Store store,
            Clock clock,
            Ids ids,
            RootKey root,
            Keys keys,
            ServiceCall.Recorder recorder,
            Links links,
            String mailFrom,
            TextGateway sms,
            Queues queues) {
        this.store = store;
        this.clock = clock;
        this.links = links;
        this.ids = ids;
        this.queues = queues;
        MessageSeals seals = new MessageSeals(keys, ids);
        store.lend(MessageSeals.class, seals);
        this.topicKeys = new TopicKeys(keys, seals, recorder);
        String mailDomain = mailFrom.substring(mailFrom.indexOf('@') + 1);
        this.texts = new TextMessages(sms, new DeadLetters(queues, ids));
        this.signer = new Signer(store, root, ids, clock);
        this.errands = new Errands(new DeadLetters(queues, ids), new StatusLogs(ids));
        Envelopes envelopes = new Envelopes(links, signer);
        this.publisher = new Publisher(
                new Letters(links, envelopes),
                ids,
                mailDomain,
                new QueueSubscribers(queues, envelopes, new DeadLetters(queues, ids)),
                new WebSubscribers(envelopes, ids),
                texts,
                new StatusLogs(ids));
    }

    public SnsApi<Call> api() {
        return new Sns(publisher, topicKeys, new Confirmations(publisher, ids), signer, texts, ids);
    }

    /** By the name that follows {@code /_belfry/}. */
    public Map<String, Endpoint> pages() {
        return Map.of(
                "confirm", new ConfirmPage(store, clock, links),
                "unsubscribe", new UnsubscribePage(store),
                "alert", new AlertPages(store),
                "signing-certificate", new CertificatePage(store),
                "deliveries", new DeliveriesPage(store));
    }

    /** What is carried to http, https and sms endpoints. */
    public Errands errands() {
        return errands;
    }

    /** CloudTrail's way to its subscribers. */
    public TrailNotices trailNotices() {
        return new TrailNotices(publisher, topicKeys, clock, ids);
    }

    public List<Pump> pumps() {
        Store relay = store.relaying();
        return List.of(
                new AlarmPublisher(relay, clock, publisher, topicKeys, links, ids),
                new EventTargets(relay, clock, publisher, topicKeys, queues, ids),
                new DigestPump(relay, clock, publisher, links, ids),
                new Housekeeping(store, clock));
    }
}
