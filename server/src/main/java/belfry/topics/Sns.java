package belfry.topics;

import belfry.api.sns.AddPermissionInput;
import belfry.api.sns.CheckIfPhoneNumberIsOptedOutInput;
import belfry.api.sns.CheckIfPhoneNumberIsOptedOutResponse;
import belfry.api.sns.ConfirmSubscriptionInput;
import belfry.api.sns.ConfirmSubscriptionResponse;
import belfry.api.sns.CreateTopicInput;
import belfry.api.sns.CreateTopicResponse;
import belfry.api.sns.DeleteTopicInput;
import belfry.api.sns.GetSMSAttributesInput;
import belfry.api.sns.GetSMSAttributesResponse;
import belfry.api.sns.GetSMSSandboxAccountStatusInput;
import belfry.api.sns.GetSMSSandboxAccountStatusResult;
import belfry.api.sns.GetSubscriptionAttributesInput;
import belfry.api.sns.GetSubscriptionAttributesResponse;
import belfry.api.sns.GetTopicAttributesInput;
import belfry.api.sns.GetTopicAttributesResponse;
import belfry.api.sns.ListPhoneNumbersOptedOutInput;
import belfry.api.sns.ListPhoneNumbersOptedOutResponse;
import belfry.api.sns.ListSubscriptionsByTopicInput;
import belfry.api.sns.ListSubscriptionsByTopicResponse;
import belfry.api.sns.ListSubscriptionsInput;
import belfry.api.sns.ListSubscriptionsResponse;
import belfry.api.sns.ListTagsForResourceRequest;
import belfry.api.sns.ListTagsForResourceResponse;
import belfry.api.sns.ListTopicsInput;
import belfry.api.sns.ListTopicsResponse;
import belfry.api.sns.OptInPhoneNumberInput;
import belfry.api.sns.OptInPhoneNumberResponse;
import belfry.api.sns.PublishBatchInput;
import belfry.api.sns.PublishBatchResponse;
import belfry.api.sns.PublishInput;
import belfry.api.sns.PublishResponse;
import belfry.api.sns.RemovePermissionInput;
import belfry.api.sns.SetSMSAttributesInput;
import belfry.api.sns.SetSMSAttributesResponse;
import belfry.api.sns.SetSubscriptionAttributesInput;
import belfry.api.sns.SetTopicAttributesInput;
import belfry.api.sns.SnsApi;
import belfry.api.sns.SubscribeInput;
import belfry.api.sns.SubscribeResponse;
import belfry.api.sns.TagResourceRequest;
import belfry.api.sns.TagResourceResponse;
import belfry.api.sns.UnsubscribeInput;
import belfry.api.sns.UntagResourceRequest;
import belfry.api.sns.UntagResourceResponse;
import belfry.base.Ids;
import belfry.gateway.Call;
import belfry.topics.signing.Signer;
import belfry.wire.NoOutput;

/** The SNS operations that Belfry answers, each where it belongs (semantics: sns.md). */
final class Sns implements SnsApi<Call> {
    private final TopicOperations topics = new TopicOperations();
    private final PermissionOperations permissions = new PermissionOperations();
    private final SubscriptionOperations subscriptions;
    private final PublishOperations publishing;
    private final TextOperations texts;

    Sns(Publisher publisher, TopicKeys keys, Confirmations confirmations, Signer signer, TextMessages texts, Ids ids) {
        this.subscriptions = new SubscriptionOperations(confirmations, signer, texts, ids);
        this.publishing = new PublishOperations(publisher, texts, keys, ids);
        this.texts = new TextOperations(texts);
    }

    @Override
    public NoOutput addPermission(AddPermissionInput in, Call call) {
        return permissions.add(in, call);
    }

    @Override
    public NoOutput removePermission(RemovePermissionInput in, Call call) {
        return permissions.remove(in, call);
    }

    @Override
    public CreateTopicResponse createTopic(CreateTopicInput in, Call call) {
        return topics.create(in, call);
    }

    @Override
    public NoOutput deleteTopic(DeleteTopicInput in, Call call) {
        return topics.delete(in, call);
    }

    @Override
    public ListTopicsResponse listTopics(ListTopicsInput in, Call call) {
        return topics.list(in, call);
    }

    @Override
    public GetTopicAttributesResponse getTopicAttributes(GetTopicAttributesInput in, Call call) {
        return topics.attributes(in, call);
    }

    @Override
    public NoOutput setTopicAttributes(SetTopicAttributesInput in, Call call) {
        return topics.setAttribute(in, call);
    }

    @Override
    public SubscribeResponse subscribe(SubscribeInput in, Call call) {
        return subscriptions.subscribe(in, call);
    }

    @Override
    public ConfirmSubscriptionResponse confirmSubscription(ConfirmSubscriptionInput in, Call call) {
        return subscriptions.confirm(in, call);
    }

    @Override
    public NoOutput unsubscribe(UnsubscribeInput in, Call call) {
        return subscriptions.unsubscribe(in, call);
    }

    @Override
    public GetSubscriptionAttributesResponse getSubscriptionAttributes(GetSubscriptionAttributesInput in, Call call) {
        return subscriptions.attributes(in, call);
    }

    @Override
    public NoOutput setSubscriptionAttributes(SetSubscriptionAttributesInput in, Call call) {
        return subscriptions.setAttribute(in, call);
    }

    @Override
    public ListSubscriptionsResponse listSubscriptions(ListSubscriptionsInput in, Call call) {
        return subscriptions.list(in, call);
    }

    @Override
    public ListSubscriptionsByTopicResponse listSubscriptionsByTopic(ListSubscriptionsByTopicInput in, Call call) {
        return subscriptions.listByTopic(in, call);
    }

    @Override
    public PublishResponse publish(PublishInput in, Call call) {
        return publishing.publish(in, call);
    }

    @Override
    public PublishBatchResponse publishBatch(PublishBatchInput in, Call call) {
        return publishing.publishBatch(in, call);
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest in, Call call) {
        return topics.tag(in, call);
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest in, Call call) {
        return topics.untag(in, call);
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest in, Call call) {
        return topics.tags(in, call);
    }

    @Override
    public SetSMSAttributesResponse setSMSAttributes(SetSMSAttributesInput in, Call call) {
        return texts.set(in, call);
    }

    @Override
    public GetSMSAttributesResponse getSMSAttributes(GetSMSAttributesInput in, Call call) {
        return texts.get(in, call);
    }

    @Override
    public CheckIfPhoneNumberIsOptedOutResponse checkIfPhoneNumberIsOptedOut(
            CheckIfPhoneNumberIsOptedOutInput in, Call call) {
        return texts.check(in, call);
    }

    @Override
    public ListPhoneNumbersOptedOutResponse listPhoneNumbersOptedOut(ListPhoneNumbersOptedOutInput in, Call call) {
        return texts.list(in, call);
    }

    @Override
    public OptInPhoneNumberResponse optInPhoneNumber(OptInPhoneNumberInput in, Call call) {
        return texts.optIn(in, call);
    }

    /** There is none here: a text message goes to any number that the gateway takes. */
    @Override
    public GetSMSSandboxAccountStatusResult getSMSSandboxAccountStatus(GetSMSSandboxAccountStatusInput in, Call call) {
        return new GetSMSSandboxAccountStatusResult().isInSandbox(false);
    }
}
