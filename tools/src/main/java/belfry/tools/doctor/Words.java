package belfry.tools.doctor;

import java.util.Locale;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What answers mean, and how commands are written. */
final class Words {
    private Words() {}

    /** Whether there is no such thing. */
    static boolean missing(AwsServiceException e) {
        String code = code(e);
        return code.contains("NotFound") || code.contains("NoSuch") || code.equals("NonExistentQueue");
    }

    static String code(AwsServiceException e) {
        return e.awsErrorDetails() == null
                ? ""
                : String.valueOf(e.awsErrorDetails().errorCode());
    }

    /** As a shell takes it. */
    static String quoted(String text) {
        return text.matches("[A-Za-z0-9_@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** 300 seconds are {@code 5 minutes}. */
    static String time(int seconds) {
        return seconds % 60 == 0 ? plural(seconds / 60, "minute") : plural(seconds, "second");
    }

    static String plural(long count, String word) {
        return String.format(Locale.ROOT, "%d %s%s", count, word, count == 1 ? "" : "s");
    }
}
