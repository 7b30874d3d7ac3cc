package belfry.topics;

import belfry.access.policy.MalformedPolicyException;
import belfry.access.policy.PolicyDocument;
import belfry.access.policy.PolicyPrincipal;
import belfry.access.policy.PolicyRequest;
import belfry.alarms.AlarmAction;
import belfry.alarms.AlarmActions;
import belfry.alarms.AlarmHistory;
import belfry.base.Arn;
import belfry.base.Bell;
import belfry.base.Clock;
import belfry.base.Ids;
import belfry.base.Printable;
import belfry.base.Pump;
import belfry.store.Store;
import belfry.store.StoreException;
import belfry.store.Tx;
import belfry.topics.mail.HtmlRendering;
import belfry.wire.ServiceException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what alarms ask for, as CloudWatch: to a topic that exists and whose policy lets this alarm in (the default
 * policy does: semantics, sns.md §1.1). What came of it goes into the alarm's history in the same transaction.
 */
final class AlarmPublisher implements Pump {
    private static final Logger LOG = LoggerFactory.getLogger(AlarmPublisher.class);
    private static final String SERVICE = "cloudwatch.amazonaws.com";
    private static final int BATCH = 20;
    private static final int TOKEN_LENGTH = 32;

    private final Store store;
    private final Clock clock;
    private final Publisher publisher;
    private final TopicKeys keys;
    private final Links links;
    private final Ids ids;

    AlarmPublisher(Store store, Clock clock, Publisher publisher, TopicKeys keys, Links links, Ids ids) {
        this.store = store;
        this.clock = clock;
        this.publisher = publisher;
        this.keys = keys;
        this.links = links;
        this.ids = ids;
    }

    @Override
    public String name() {
        return "topics.alarms";
    }

    @Override
    public Set<Bell> listensTo() {
        return Set.of(AlarmActions.FIRED);
    }

    @Override
    public boolean step() {
        return store.write(tx -> {
            // Each is reported on, so none is pending twice.
            List<AlarmAction> actions = AlarmActions.pending(tx, 0, BATCH);
            actions.forEach(action -> execute(tx, action));
            return actions.size() == BATCH;
        });
    }

    private void execute(Tx tx, AlarmAction action) {
        Instant now = clock.now();
        Optional<String> refusal;
        try {
            refusal = tx.attempt(inner -> publish(inner, action, now));
        } catch (StoreException e) {
            throw e;
        } catch (RuntimeException e) {
            // One message that cannot be made must not keep the others from being sent.
            LOG.warn("the action {} of the alarm {} failed", action.action(), action.alarmArn(), e);
            refusal = Optional.of("Internal error");
        }
        refusal.ifPresentOrElse(
                error -> AlarmHistory.actionFailed(tx, action, error, now),
                () -> AlarmHistory.actionSucceeded(tx, action, now));
    }

    /** Publishes, or says why not. */
    private Optional<String> publish(Tx tx, AlarmAction action, Instant now) {
        if (Arn.parse(action.action())
                .filter(arn -> arn.service().equals("sns"))
                .isEmpty()) {
            return Optional.of("Belfry executes actions on SNS topics only");
        }
        Optional<Topic> topic = Topic.find(tx, action.action());
        if (topic.isEmpty()) {
            return Optional.of("Topic does not exist");
        }
        if (Ordering.fifo(topic.get().arn())) {
            return Optional.of("Invalid parameter: The MessageGroupId parameter is required for FIFO topics");
        }
        String messageId = ids.uuid();
        Optional<String> refusal = refusal(topic.get(), action);
        if (refusal.isPresent()) {
            return refused(tx, messageId, topic.get(), new Decision.NotAuthorised(refusal.get()), now);
        }
        TopicKeys.Answer key = keys.forService(tx, topic.get(), SERVICE, action.alarmArn(), now);
        if (key.refusal() != null) {
            return refused(tx, messageId, topic.get(), locked(key.refusal()), now);
        }
        publisher.publish(tx, publication(tx, messageId, topic.get(), key.keyId(), action, now));
        return Optional.empty();
    }

    private static Optional<String> refused(Tx tx, String messageId, Topic topic, Decision decision, Instant now) {
        Outbox.close(tx, new Outbox.Address(messageId, topic.arn(), "", "", ""), decision, now);
        return Optional.of(decision.reason());
    }

    /** AWS has a sentence of its own for the key's policy; what else KMS says, it passes on. */
    private static Decision locked(ServiceException kms) {
        return KmsFaults.denied(kms)
                ? new Decision.NotAuthorised(
                        "CloudWatch Alarms does not have authorization to access the SNS topic encryption key.")
                : new Decision.Dead(String.valueOf(kms.getMessage()));
    }

    private static Optional<String> refusal(Topic topic, AlarmAction action) {
        PolicyRequest request = PolicyRequest.of(
                new PolicyPrincipal.Service(SERVICE),
                "sns:Publish",
                topic.arn(),
                Map.of(
                        "AWS:SourceOwner", action.account(),
                        "aws:SourceAccount", action.account(),
                        "aws:SourceArn", action.alarmArn()));
        String denied = "Resource: " + action.alarmArn() + " is not authorized to perform: SNS:Publish on resource: "
                + topic.arn();
        try {
            return switch (PolicyDocument.parse(topic.policy()).evaluate(request)) {
                case ALLOW -> Optional.empty();
                case EXPLICIT_DENY -> Optional.of(denied + " with an explicit deny in a resource-based policy");
                case IMPLICIT_DENY ->
                    Optional.of(denied + " because no resource-based policy allows the SNS:Publish action");
            };
        } catch (MalformedPolicyException e) {
            // RemovePermission can leave a policy without statements, which allows nothing.
            return Optional.of(denied + " because no resource-based policy allows the SNS:Publish action");
        }
    }

    private Publication publication(Tx tx, String messageId, Topic topic, long keyId, AlarmAction action, Instant now) {
        String token = ids.alphanumeric(TOKEN_LENGTH);
        AlertDocument document = new AlertDocument(Alerts.of(action), links.endpoint(), links.alert(token));
        AlertPages.put(tx, token, HtmlRendering.render(document.page()), keyId, now);
        return new Publication(
                messageId,
                topic,
                message(action, document),
                Optional.of(document),
                action.alarmArn(),
                keyId,
                null,
                now);
    }

    private static Message message(AlarmAction action, AlertDocument document) {
        Map<String, String> bodies = Map.of(
                "default", action.message().json(),
                "email", action.message().email(),
                "sms", document.line());
        // An alarm's name may hold anything; a header line may not.
        String subject = Printable.line(action.message().subject());
        return new Message(subject, action.message().json(), bodies, new TreeMap<>());
    }
}
