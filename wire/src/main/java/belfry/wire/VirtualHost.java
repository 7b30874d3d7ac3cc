package belfry.wire;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the bucket in a host name: {@code logs.s3.us-east-1.amazonaws.com}, {@code logs.localhost:4566}. */
final class VirtualHost {
    private static final Pattern S3 = Pattern.compile("(.+)\\.s3(?:[.-].*)?");

    private final List<String> suffixes;

    /** @param ownHosts names that the server is reached by, without ports */
    VirtualHost(Collection<String> ownHosts) {
        this.suffixes = ownHosts.stream()
                .map(host -> "." + host.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** The bucket, or null where the host names none and the path does. */
    @Nullable
    String bucket(@Nullable String hostHeader) {
        if (hostHeader == null || hostHeader.startsWith("[")) {
            return null;
        }
        int colon = hostHeader.indexOf(':');
        String host = (colon < 0 ? hostHeader : hostHeader.substring(0, colon)).toLowerCase(Locale.ROOT);
        Matcher matcher = S3.matcher(host);
        if (matcher.matches()) {
            return matcher.group(1);
        }
        for (String suffix : suffixes) {
            if (host.endsWith(suffix) && !host.equals("s3" + suffix)) {
                String bucket = host.substring(0, host.length() - suffix.length());
                return bucket.startsWith("s3.") || bucket.startsWith("s3-") ? null : bucket;
            }
        }
        return null;
    }
}
