package belfry;

import belfry.access.AccessKeys;
import belfry.access.Credentials;
import belfry.access.Iam;
import belfry.access.ProfileFile;
import belfry.access.Sessions;
import belfry.access.Simulation;
import belfry.access.Sts;
import belfry.alarms.AlarmLinks;
import belfry.alarms.AlarmPump;
import belfry.alarms.AlarmSweep;
import belfry.alarms.CloudWatch;
import belfry.alarms.LogEvidence;
import belfry.alarms.SightingPump;
import belfry.api.Services;
import belfry.api.cloudtrail.CloudTrailApi;
import belfry.api.cloudwatch.CloudWatchApi;
import belfry.api.events.EventsApi;
import belfry.api.iam.IamApi;
import belfry.api.kms.KmsApi;
import belfry.api.logs.LogsApi;
import belfry.api.s3.S3Api;
import belfry.api.secretsmanager.SecretsManagerApi;
import belfry.api.sns.SnsApi;
import belfry.api.sqs.SqsApi;
import belfry.api.sts.StsApi;
import belfry.base.Clock;
import belfry.base.Ids;
import belfry.base.Pump;
import belfry.base.Pumps;
import belfry.buckets.Buckets;
import belfry.buckets.trailfiles.Digests;
import belfry.buckets.trailfiles.TrailBucket;
import belfry.buckets.trailfiles.TrailFiles;
import belfry.buckets.trailfiles.TrailKeys;
import belfry.delivery.Delivery;
import belfry.delivery.MailboxPage;
import belfry.delivery.MailboxTransport;
import belfry.delivery.SmtpTransport;
import belfry.delivery.Transport;
import belfry.delivery.web.Carrier;
import belfry.delivery.web.Courier;
import belfry.delivery.web.SmsCarrier;
import belfry.delivery.web.SmsGateway;
import belfry.delivery.web.WebCarrier;
import belfry.delivery.web.WebPost;
import belfry.events.Events;
import belfry.gateway.Authenticator;
import belfry.gateway.Authorizer;
import belfry.gateway.Call;
import belfry.gateway.ClockEndpoint;
import belfry.gateway.DevAuthenticator;
import belfry.gateway.Endpoint;
import belfry.gateway.Endpoints;
import belfry.gateway.Gateway;
import belfry.gateway.HttpServer;
import belfry.gateway.SecuredAuthenticator;
import belfry.logs.GroupKeys;
import belfry.logs.Logs;
import belfry.logs.MergePump;
import belfry.logs.MetricFilterPump;
import belfry.logs.Sweeper;
import belfry.logs.TrailFeed;
import belfry.logs.blocks.BlockSeals;
import belfry.metrics.MatchFeed;
import belfry.metrics.RollUp;
import belfry.metrics.ServiceCountFeed;
import belfry.seal.RootKey;
import belfry.store.SqliteStore;
import belfry.store.Store;
import belfry.topics.Links;
import belfry.topics.TextGateway;
import belfry.topics.Topics;
import belfry.topics.TrailNotices;
import belfry.topics.queue.Queues;
import belfry.trail.CloudTrail;
import belfry.trail.HistoryRetention;
import belfry.trail.InsightPump;
import belfry.trail.SigningKeys;
import belfry.trail.TrailRecorder;
import belfry.vault.KeyKeeper;
import belfry.vault.Keys;
import belfry.vault.Kms;
import belfry.vault.SecretReaper;
import belfry.vault.SecretsManager;
import belfry.wire.ServiceBinding;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server. Its constructor is the list of all stages in the order in which a secret's read travels; who is given
 * what stands here and nowhere else.
 */
public final class Belfry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Belfry.class);

    /** To so many recipients are mails sent at the same time. */
    private static final int MAILS_AT_ONCE = 4;

    private final Options options;
    private final DataDir dataDir;
    private final Clock clock;
    private final Pumps pumps;
    private final Store store;
    private final List<Transport> transports;
    private final WebPost web;
    private final Courier courier;
    private final HttpServer http;
    private final Optional<AccessKeys.Made> rootAccessKey;
    private final List<ServiceBinding<Call>> services = new ArrayList<>();

    /**
     * Starts a server; it answers when this returns.
     *
     * @throws CannotStart if the database, the root key or the port cannot be used
     */
    public static Belfry start(Options options) {
        return start(options, Machine.real());
    }

    /** Starts a server whose time is {@code clock}. */
    public static Belfry start(Options options, Clock clock) {
        return start(options, Machine.at(clock));
    }

    /** Starts a server on {@code machine}. */
    public static Belfry start(Options options, Machine machine) {
        DataDir dataDir = DataDir.open(options.dataDir());
        Deque<AutoCloseable> opened = new ArrayDeque<>(List.of(dataDir));
        try {
            return new Belfry(options, machine, dataDir, opened);
        } catch (RuntimeException e) {
            throw Start.failed(e, options, dataDir, opened);
        }
    }

    /** @param opened what has to be closed again if the start fails, the newest first */
    private Belfry(Options options, Machine machine, DataDir dataDir, Deque<AutoCloseable> opened) {
        this.options = options;
        this.clock = machine.clock();
        this.dataDir = dataDir;
        this.pumps = new Pumps(clock);
        this.store = new SqliteStore(dataDir.database(), pumps::ring, machine.connector(), () -> flushFailed(machine));
        opened.push(store);
        opened.push(pumps);
        Ids ids = new Ids(new SecureRandom());
        Map<String, Endpoint> pages = new LinkedHashMap<>();
        List<Pump> moving = new ArrayList<>();
        // For the stages between a call and what leaves the server: they need not wait for the disk one by one.
        Store relay = store.relaying();

        // access
        RootKey root = RootKey.of(store, dataDir.path().resolve("root.key"), ids);
        AccessKeys accessKeys = new AccessKeys(store, root, ids);
        this.rootAccessKey = options.dev()
                ? Optional.empty()
                : accessKeys.makeRootKey(
                        options.account(),
                        clock.now(),
                        key -> ProfileFile.write(credentialsFile(), key, options.region()));
        Sessions sessions = new Sessions(root, ids);
        Credentials credentials = new Credentials(store, accessKeys, sessions);
        Authenticator authenticator = options.dev()
                ? new DevAuthenticator(credentials, options.account(), options.region())
                : new SecuredAuthenticator(credentials, credentials, options.account(), options.region());
        Authorizer authorizer = options.dev() ? Authorizer.ALLOW_ALL : Authorization.byPolicies();
        services.add(IamApi.bind(new Iam(accessKeys, new Simulation(), ids)));
        services.add(StsApi.bind(new Sts(sessions)));
        // vault
        TrailRecorder recorder = new TrailRecorder(store, clock, ids);
        Keys keys = new Keys(root, ids);
        services.add(SecretsManagerApi.bind(new SecretsManager(keys, ids)));
        services.add(KmsApi.bind(new Kms(keys, ids)));
        pumps.start(new SecretReaper(store, clock, recorder));
        pumps.start(new KeyKeeper(store, keys, clock, recorder));
        // trail
        moving.add(new HistoryRetention(store, clock));
        moving.add(new InsightPump(relay, clock, ids, options.insightsBaseline()));
        // buckets
        Buckets buckets = new Buckets(store, clock, ids, root, keys);
        services.add(S3Api.bind(buckets.api()));
        moving.addAll(buckets.pumps());
        // logs
        GroupKeys groupKeys = new GroupKeys(keys, ids);
        store.lend(BlockSeals.class, groupKeys);
        services.add(LogsApi.bind(new Logs(groupKeys)));
        moving.add(new TrailFeed(relay, clock, TrailChecks::role));
        moving.add(new MetricFilterPump(relay, clock));
        moving.add(new MergePump(relay));
        moving.add(new Sweeper(store, clock));
        // metrics
        moving.add(new MatchFeed(relay));
        moving.add(new ServiceCountFeed(relay));
        moving.add(new RollUp(relay, clock));
        // alarms
        AlarmLinks alarmLinks = AlarmLinks.AWS;
        services.add(CloudWatchApi.bind(new CloudWatch(alarmLinks)));
        moving.add(new AlarmPump(relay, clock, alarmLinks, new LogEvidence()));
        moving.add(new AlarmSweep(relay, clock));
        moving.add(new SightingPump(relay));
        // events
        Events events = new Events(store, clock, ids);
        services.add(EventsApi.bind(events.api()));
        moving.addAll(events.pumps());
        // topics
        Queues queues = new Queues(store, clock, ids, root, keys, recorder);
        services.add(SqsApi.bind(queues.api()));
        moving.addAll(queues.pumps());
        Topics topics = new Topics(
                store,
                clock,
                ids,
                root,
                keys,
                recorder,
                new Links(this::publicUrl),
                options.mailFrom(),
                options.sms().map(SmsGateway::kind).orElse(TextGateway.NONE),
                queues);
        services.add(SnsApi.bind(topics.api()));
        pages.putAll(topics.pages());
        moving.addAll(topics.pumps());
        // what a trail's destinations are asked, and its files
        TrailKeys trailKeys = new TrailKeys(keys, buckets);
        TrailBucket trailBucket = new TrailBucket(buckets, trailKeys);
        TrailNotices notices = topics.trailNotices();
        services.add(
                CloudTrailApi.bind(new CloudTrail(TrailChecks.of(trailBucket, notices, trailKeys), !options.dev())));
        moving.add(new Digests(store, clock, new SigningKeys(root), trailBucket));
        moving.addAll(new TrailFiles(store, clock, ids, trailBucket, notices, options.trailFileInterval()).pumps());
        // delivery
        this.transports = transports();
        moving.addAll(Delivery.crew(store, clock, transports, SmtpTransport.apart(options.smtp())));
        pages.put("mail", guarded(new MailboxPage(store)));
        pages.computeIfPresent("deliveries", (name, page) -> guarded(page));
        this.web = new WebPost();
        Carrier hooks = new WebCarrier(web, options.guard());
        Map<String, Carrier> carriers = new LinkedHashMap<>(Map.of("http", hooks, "https", hooks));
        options.sms().ifPresent(gateway -> carriers.put("sms", new SmsCarrier(web, gateway)));
        this.courier = new Courier(store, clock, topics.errands(), carriers);
        moving.add(courier);
        moving.add(courier.poke());

        pages.put("", new WelcomePage(options, this::publicUrl));
        pages.put("health", new HealthPage(options, store, pumps, clock));
        if (options.dev()) {
            pages.put("clock", new ClockEndpoint(clock, pumps));
            pages.put("reset", new ResetEndpoint(store, pumps));
        }
        Gateway gateway = new Gateway(
                Services.ALL,
                ownHosts(),
                services,
                authenticator,
                authorizer,
                machine.recording().apply(recorder),
                new Endpoints(pages),
                store,
                clock,
                ids);
        this.http = new HttpServer(options.host(), options.port(), options.proxies(), gateway);
        // Not before it listens: what a crash left behind may need to know the server's own address.
        moving.forEach(pumps::start);
    }

    private List<Transport> transports() {
        if (options.smtp().isEmpty()) {
            return List.of(new MailboxTransport(store, clock, options.mailFrom()));
        }
        return Stream.generate(() -> SmtpTransport.to(options.smtp(), options.mailFrom(), clock))
                .limit(MAILS_AT_ONCE)
                .toList();
    }

    /** In secured mode only the account's root may look: mails hold confirmation links, and who has read what. */
    private Endpoint guarded(Endpoint page) {
        return options.dev() ? page : new Endpoint.RootOnly(page);
    }

    /** What links in mails start with. */
    private String publicUrl() {
        return options.publicUrl().orElseGet(this::url).toString();
    }

    /** Where the server listens: {@code http://127.0.0.1:4566}. */
    public URI url() {
        return URI.create("http://" + options.host() + ":" + http.port());
    }

    public Options options() {
        return options;
    }

    /** The server's time. */
    public Clock clock() {
        return clock;
    }

    /** For tests and tools in this process: to wait until the chain is at rest. */
    public Pumps pumps() {
        return pumps;
    }

    /** For tests and tools in this process: what lies in the store. */
    public Store store() {
        return store;
    }

    /** The services that are built, with what each implements. */
    public List<ServiceBinding<Call>> services() {
        return List.copyOf(services);
    }

    /** What a start says on standard output. */
    public List<String> greeting() {
        return new Greeting(options, url(), credentialsFile()).lines(rootAccessKey);
    }

    @Override
    public void close() {
        http.close();
        courier.close();
        web.close();
        pumps.close();
        transports.forEach(Transport::rest);
        store.close();
        dataDir.close();
    }

    /** Where the root access key lies, as a profile that the AWS tools read. */
    private Path credentialsFile() {
        return dataDir.path().resolve("credentials");
    }

    private List<String> ownHosts() {
        List<String> hosts = new ArrayList<>(List.of("localhost", "127.0.0.1", options.host()));
        options.publicUrl().ifPresent(uri -> hosts.add(uri.getHost()));
        return hosts;
    }

    private static void flushFailed(Machine machine) {
        LOG.error("a flush to disk failed, so what is on disk is unknown: the server stops."
                + " See to the disk, then start it again; every answered call is kept");
        machine.halt().run();
    }
}
