package belfry.topics;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** The addresses that mails link to. They start with the server's public URL, known once it listens. */
public final class Links {
    private final Supplier<String> publicUrl;

    /** @param publicUrl without a slash at the end */
    public Links(Supplier<String> publicUrl) {
        this.publicUrl = publicUrl;
    }

    /** Where clients reach this server: the endpoint in commands people paste. */
    String endpoint() {
        return publicUrl.get();
    }

    String confirm(Subscription subscription, String token) {
        return publicUrl.get() + "/_belfry/confirm?TopicArn=" + encode(subscription.topicArn()) + "&Token=" + token
                + "&Endpoint=" + encode(subscription.endpoint());
    }

    String unsubscribe(Subscription subscription) {
        return publicUrl.get() + "/_belfry/unsubscribe" + unsubscribeQuery(subscription);
    }

    /** The same page, from itself: a button there works whatever name the page was reached by. */
    static String unsubscribeQuery(Subscription subscription) {
        return "?SubscriptionArn=" + encode(subscription.arn()) + "&Endpoint=" + encode(subscription.endpoint());
    }

    /** Confirms by a plain GET, as AWS's SubscribeURL does. */
    String confirmCall(String topicArn, String token) {
        return publicUrl.get() + "/?Action=ConfirmSubscription&TopicArn=" + topicArn + "&Token=" + token;
    }

    /** Unsubscribes by a plain GET, as AWS's UnsubscribeURL does: for programs. */
    String unsubscribeCall(Subscription subscription) {
        return publicUrl.get() + "/?Action=Unsubscribe&SubscriptionArn=" + subscription.arn();
    }

    /** The certificate that a message's signature is checked with. */
    String certificate(String keyId) {
        return publicUrl.get() + "/SimpleNotificationService-" + keyId + ".pem";
    }

    String alert(String token) {
        return publicUrl.get() + "/_belfry/alert?id=" + encode(token);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
