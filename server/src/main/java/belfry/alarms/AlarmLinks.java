package belfry.alarms;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where mails send their readers to look at an alarm.
 *
 * @param place the page's name in a sentence
 * @param pattern the link, with {@code {region}} and {@code {name}}
 */
public record AlarmLinks(String place, String pattern) {
    /** AWS's own console, as its mails have it. */
    public static final AlarmLinks AWS = new AlarmLinks(
            "the AWS Management Console",
            "https://{region}.console.aws.amazon.com/cloudwatch/deeplink.js?region={region}#alarmsV2:alarm/{name}");

    String of(String region, String name) {
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return pattern.replace("{region}", region).replace("{name}", encoded);
    }
}
