package belfry.tools;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What the SDK's exceptions mean, as a sentence for people. */
public final class SdkWords {
    private static final String NO_CREDENTIALS =
            "There are no credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. With belfry serve"
                    + " --dev anything will do; a secured server's are in its data folder"
                    + " (AWS_SHARED_CREDENTIALS_FILE=…/credentials AWS_PROFILE=belfry).";

    private SdkWords() {}

    /** Why a call was not answered; the SDK's own words but where they are a page. */
    public static String reason(SdkException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("Unable to load credentials") ? NO_CREDENTIALS : message;
    }

    /** Why a call to {@code where}, a URL or {@code AWS}, was not answered. */
    public static String reason(SdkException e, String where) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("Unable to load credentials")) {
            return NO_CREDENTIALS;
        }
        if (e instanceof AwsServiceException refused && refused.awsErrorDetails() != null) {
            return where + " refused the call: " + refused.awsErrorDetails().errorMessage();
        }
        return "Nothing answers at " + where + " (--endpoint, or AWS_ENDPOINT_URL): " + message;
    }
}
