package belfry.topics;

import belfry.api.sns.CreateTopicInput;
import belfry.api.sns.CreateTopicResponse;
import belfry.api.sns.DeleteTopicInput;
import belfry.api.sns.GetTopicAttributesInput;
import belfry.api.sns.GetTopicAttributesResponse;
import belfry.api.sns.ListTagsForResourceRequest;
import belfry.api.sns.ListTagsForResourceResponse;
import belfry.api.sns.ListTopicsInput;
import belfry.api.sns.ListTopicsResponse;
import belfry.api.sns.SetTopicAttributesInput;
import belfry.api.sns.TagResourceRequest;
import belfry.api.sns.TagResourceResponse;
import belfry.api.sns.UntagResourceRequest;
import belfry.api.sns.UntagResourceResponse;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.NoOutput;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Topics, their attributes and tags (semantics: sns.md §1). */
final class TopicOperations {
    private static final String TYPE = "AWS::SNS::Topic";

    CreateTopicResponse create(CreateTopicInput in, Call call) {
        String arn = call.arn("sns", Names.topicName(in.name())).toString();
        if (in.dataProtectionPolicy() != null) {
            throw Faults.notImplemented("data protection policies");
        }
        Map<String, String> attributes = attributes(in.attributes());
        TopicAttributes.checkFifo(arn, attributes);
        Map<String, String> tags = Tags.read(in.tags());
        call.touches(TYPE, arn);
        return call.write(tx -> {
            Feedback.checkRoles(tx, arn, attributes);
            Topic.find(tx, arn)
                    .ifPresentOrElse(
                            topic -> checkSame(topic, attributes, in),
                            () -> new Topic(arn, new TreeMap<>(attributes), new TreeMap<>(tags), 0)
                                    .insert(tx, call.now()));
            return new CreateTopicResponse().topicArn(arn);
        });
    }

    private static Map<String, String> attributes(@Nullable Map<String, String> given) {
        Map<String, String> attributes = Map.of();
        for (var attribute : (given == null ? Map.<String, String>of() : given).entrySet()) {
            attributes = TopicAttributes.set(attributes, attribute.getKey(), attribute.getValue());
        }
        return attributes;
    }

    private static void checkSame(Topic topic, Map<String, String> attributes, CreateTopicInput in) {
        if (!topic.attributes().entrySet().containsAll(attributes.entrySet())) {
            throw Faults.invalid("Attributes Reason: Topic already exists with different attributes");
        }
        if (in.tags() != null && !Tags.read(in.tags()).equals(topic.tags())) {
            throw Faults.invalid("Tags Reason: Topic already exists with different tags");
        }
    }

    /** Its subscriptions go with it; what waits in the outbox is still sent (docs/decisions/0803). */
    NoOutput delete(DeleteTopicInput in, Call call) {
        String arn = Names.topicArn(in.topicArn(), call);
        call.touches(TYPE, arn);
        return call.write(tx -> {
            Subscription.ofTopic(tx, arn).forEach(subscription -> subscription.delete(tx));
            Topic.delete(tx, arn);
            Ordering.forget(tx, arn);
            return NoOutput.INSTANCE;
        });
    }

    ListTopicsResponse list(ListTopicsInput in, Call call) {
        String after = Page.after(in.nextToken());
        return call.read(tx -> {
            var page = Page.of(Topic.list(tx, call.account(), call.region(), after, Page.SIZE + 1), arn -> arn);
            return new ListTopicsResponse()
                    .topics(page.items().stream()
                            .map(arn -> new belfry.api.sns.Topic().topicArn(arn))
                            .toList())
                    .nextToken(page.next());
        });
    }

    GetTopicAttributesResponse attributes(GetTopicAttributesInput in, Call call) {
        String arn = Names.topicArn(in.topicArn(), call);
        return call.read(tx -> {
            Topic topic = Topic.get(tx, arn);
            long all = count(tx, "SELECT COUNT(*) FROM subscription WHERE topic_arn = ?", arn);
            long pending =
                    count(tx, "SELECT COUNT(*) FROM subscription WHERE topic_arn = ? AND expires_at IS NOT NULL", arn);
            return new GetTopicAttributesResponse().attributes(TopicAttributes.shown(topic, all - pending, pending));
        });
    }

    private static long count(Tx tx, String sql, String arn) {
        return tx.count(sql, arn);
    }

    NoOutput setAttribute(SetTopicAttributesInput in, Call call) {
        String arn = Names.topicArn(in.topicArn(), call);
        String value = in.attributeValue() == null ? "" : in.attributeValue();
        call.touches(TYPE, arn);
        return call.write(tx -> {
            Topic topic = Topic.get(tx, arn);
            Map<String, String> attributes = TopicAttributes.set(topic.attributes(), in.attributeName(), value);
            TopicAttributes.checkFifo(arn, attributes);
            Feedback.checkRoles(tx, arn, Map.of(in.attributeName(), value));
            topic.setAttributes(tx, attributes);
            return NoOutput.INSTANCE;
        });
    }

    ListTagsForResourceResponse tags(ListTagsForResourceRequest in, Call call) {
        String arn = Names.topicArn(in.resourceArn(), call);
        return call.read(tx -> {
            Topic topic = Topic.find(tx, arn).orElseThrow(Faults::resourceMissing);
            return new ListTagsForResourceResponse().tags(Tags.write(topic.tags()));
        });
    }

    TagResourceResponse tag(TagResourceRequest in, Call call) {
        String arn = Names.topicArn(in.resourceArn(), call);
        Map<String, String> more = Tags.read(in.tags());
        return call.write(tx -> {
            Topic topic = Topic.find(tx, arn).orElseThrow(Faults::resourceMissing);
            Map<String, String> tags = new TreeMap<>(topic.tags());
            tags.putAll(more);
            topic.setTags(tx, Tags.checked(tags));
            return new TagResourceResponse();
        });
    }

    UntagResourceResponse untag(UntagResourceRequest in, Call call) {
        String arn = Names.topicArn(in.resourceArn(), call);
        return call.write(tx -> {
            Topic topic = Topic.find(tx, arn).orElseThrow(Faults::resourceMissing);
            Map<String, String> tags = new TreeMap<>(topic.tags());
            in.tagKeys().forEach(tags::remove);
            topic.setTags(tx, tags);
            return new UntagResourceResponse();
        });
    }
}
