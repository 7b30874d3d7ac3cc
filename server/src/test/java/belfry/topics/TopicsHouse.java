package belfry.topics;

import belfry.TestCall;
import belfry.api.sns.ConfirmSubscriptionInput;
import belfry.api.sns.CreateTopicInput;
import belfry.api.sns.PublishInput;
import belfry.api.sns.SnsApi;
import belfry.api.sns.SubscribeInput;
import belfry.base.Clock;
import belfry.base.Ids;
import belfry.base.Pumps;
import belfry.delivery.Delivery;
import belfry.delivery.Mailbox;
import belfry.delivery.MailboxTransport;
import belfry.delivery.Transport;
import belfry.gateway.Call;
import belfry.gateway.Endpoint;
import belfry.seal.RootKey;
import belfry.store.SqliteStore;
import belfry.store.Store;
import belfry.topics.queue.Queues;
import belfry.vault.Keys;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The last two stages with a store and a clock that stands still, without a gateway. */
public final class TopicsHouse implements AutoCloseable {
    private static final String MAIL_FROM = "no-reply@belfry.local";
    private static final Pattern TOKEN = Pattern.compile("Token=([0-9a-f]+)");

    public final Clock clock = Clock.stoppedAt(Instant.parse("2026-11-21T10:00:00Z"));
    public final Pumps pumps = new Pumps(clock);
    public final Store store;
    public final Topics topics;
    public final SnsApi<Call> sns;
    public final Call call;
    private final List<Transport> transports;

    /** With the built-in mailbox. */
    public TopicsHouse(Path folder) {
        this(folder, (store, clock) -> new MailboxTransport(store, clock, MAIL_FROM));
    }

    public TopicsHouse(Path folder, BiFunction<Store, Clock, Transport> transport) {
        this(folder, transport, 1, Duration.ZERO);
    }

    /**
     * With several deliveries side by side.
     *
     * @param apart the least time between two mails
     */
    public TopicsHouse(Path folder, BiFunction<Store, Clock, Transport> transport, int crew, Duration apart) {
        this.store = new SqliteStore(folder.resolve("belfry.db"), pumps::ring);
        RootKey root = new RootKey(folder.resolve("root.key"), new Ids(new SecureRandom()));
        Keys keys = new Keys(root, new Ids(new SecureRandom()));
        Links links = new Links(() -> "http://127.0.0.1:4566");
        this.topics = new Topics(
                store,
                clock,
                new Ids(new SecureRandom()),
                root,
                keys,
                (tx, asked) -> {},
                links,
                MAIL_FROM,
                TextGateway.NONE,
                new Queues(store, clock, new Ids(new SecureRandom()), root, keys, (tx, asked) -> {}));
        this.sns = topics.api();
        this.call = new TestCall(store, clock);
        this.transports =
                Stream.generate(() -> transport.apply(store, clock)).limit(crew).toList();
        topics.pumps().forEach(pumps::start);
        Delivery.crew(store, clock, transports, apart).forEach(pumps::start);
    }

    public String topic(String name) {
        return sns.createTopic(new CreateTopicInput().name(name), call).topicArn();
    }

    /** Subscribes an address without confirming it. */
    public String subscribe(String topicArn, String address) {
        SubscribeInput in = new SubscribeInput()
                .topicArn(topicArn)
                .protocol("email")
                .endpoint(address)
                .returnSubscriptionArn(true);
        return sns.subscribe(in, call).subscriptionArn();
    }

    /** Confirms what waits, with the newest token that the outbox holds for it. */
    public void confirm(String topicArn, String subscriptionArn) {
        String text = store.read(tx -> tx.first(
                        "SELECT text FROM outbox WHERE subscription_arn = ? ORDER BY seq DESC LIMIT 1",
                        row -> row.text(1),
                        subscriptionArn))
                .orElseThrow();
        sns.confirmSubscription(
                new ConfirmSubscriptionInput().topicArn(topicArn).token(token(text)), call);
    }

    public String subscribeAndConfirm(String topicArn, String address) {
        String arn = subscribe(topicArn, address);
        confirm(topicArn, arn);
        return arn;
    }

    public String publish(String topicArn, String subject, String message) {
        return sns.publish(
                        new PublishInput().topicArn(topicArn).subject(subject).message(message), call)
                .messageId();
    }

    public List<Decision> decisions(String messageId) {
        return store.read(tx -> Outbox.decisions(tx, messageId));
    }

    public List<Mailbox.Mail> mails() {
        pumps.settle();
        return store.read(Mailbox::list);
    }

    public void advance(Duration by) {
        pumps.advanceTo(clock.now().plus(by), false);
    }

    /** What the page of this name answers. */
    public String get(String name, Map<String, String> query) {
        Endpoint page = topics.pages().get(name);
        if (page == null) {
            throw new AssertionError("no page " + name);
        }
        byte[] body =
                page.answer(new Endpoint.Request("GET", query, new byte[0])).body();
        return new String(body, java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Follows a link as a browser does. */
    public String visit(String method, String url) {
        int question = url.indexOf('?');
        String path = url.substring("http://127.0.0.1:4566".length(), question);
        Endpoint page = topics.pages().get(path.substring("/_belfry/".length()));
        if (page == null) {
            throw new AssertionError("no page at " + path);
        }
        Map<String, String> query = new HashMap<>();
        for (String pair : url.substring(question + 1).split("&")) {
            int equals = pair.indexOf('=');
            query.put(
                    pair.substring(0, equals),
                    java.net.URLDecoder.decode(pair.substring(equals + 1), java.nio.charset.StandardCharsets.UTF_8));
        }
        byte[] body =
                page.answer(new Endpoint.Request(method, query, new byte[0])).body();
        return new String(body, java.nio.charset.StandardCharsets.UTF_8);
    }

    public static String token(String text) {
        Matcher found = TOKEN.matcher(text);
        if (!found.find()) {
            throw new AssertionError("no token in the mail");
        }
        return found.group(1);
    }

    @Override
    public void close() {
        pumps.close();
        transports.forEach(Transport::rest);
        store.close();
    }
}
