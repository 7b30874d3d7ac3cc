package belfry;

import belfry.access.AccessKeys;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a start says on standard output.
 *
 * @param url where the server listens
 * @param credentials where the root access key lies, as a profile
 */
record Greeting(Options options, URI url, Path credentials) {
    /** Addresses that mean "all of this machine's", and lead nowhere in a link. */
    private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::", "[::]");

    /** @param made the root access key, at the one start that made it */
    List<String> lines(Optional<AccessKeys.Made> made) {
        List<String> lines = new ArrayList<>();
        lines.add("Belfry is listening on " + url);
        if (options.dev()) {
            lines.add("DEVELOPMENT MODE: any credentials are the administrator. Nothing is protected"
                    + options.dataDir()
                            .map(dir -> "; what is kept lies in " + dir + ".")
                            .orElse(", nothing is kept."));
        }
        lines.add(mail());
        if (options.publicUrl().isEmpty() && WILDCARDS.contains(options.host())) {
            lines.add("Links in mails would begin with " + url + ", where nobody finds them: set --public-url.");
        }
        made.ifPresent(key -> {
            lines.add("The account's root access key, shown this once and kept in " + credentials + ":");
            lines.add("  AWS_ACCESS_KEY_ID=" + key.keyId());
            lines.add("  AWS_SECRET_ACCESS_KEY=" + key.secret());
        });
        return lines;
    }

    private String mail() {
        if (options.smtp().isEmpty()) {
            return "Mail stays in the built-in mailbox (belfry mail, or " + url + "/_belfry/mail); --smtp sends it.";
        }
        return "Mail goes to " + options.smtp().stream().map(URI::getHost).collect(Collectors.joining(", "))
                + "; what became of each is at " + url + "/_belfry/deliveries.";
    }
}
