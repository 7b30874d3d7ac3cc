package belfry.topics;

import belfry.base.Arn;
import belfry.gateway.Call;

/** Where text messages are sent from: their settings and the numbers that opted out are kept by account and region. */
record TextScope(String account, String region) {
    static TextScope of(Call call) {
        return new TextScope(call.account(), call.region());
    }

    static TextScope ofTopic(String topicArn) {
        Arn arn = Arn.parse(topicArn).orElseThrow();
        return new TextScope(arn.account(), arn.region());
    }

    /** The scope of what {@link #toString} wrote. */
    static TextScope read(String text) {
        int colon = text.indexOf(':');
        return new TextScope(text.substring(0, colon), text.substring(colon + 1));
    }

    @Override
    public String toString() {
        return account + ":" + region;
    }
}
