package belfry.tools.setup;

import belfry.tools.SdkWords;
import java.io.PrintWriter;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.core.exception.SdkException;

/** {@code belfry setup}: metric filters and alarms for what is worth a mail; on Belfry, or on AWS. */
@Command(
        name = "setup",
        description = {
            "Puts detections (metric filters and alarms) on Belfry or on AWS. Run it again as often as you like: what is as it"
                    + " should be is left alone, and so is everything that setup did not make.",
            "Credentials come from where the AWS CLI takes them; the region is the topic's."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class SetupCommand implements Callable<Integer> {
    private static final int WRONG = 1;
    private static final Pattern SECRET_NAME = Pattern.compile("[A-Za-z0-9/_+=.@-]{1,200}");

    @Option(names = "--topic", required = true, paramLabel = "ARN", description = "The SNS topic that is told.")
    private String topic = "";

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "Belfry's address (default: AWS_ENDPOINT_URL, else AWS itself).")
    private @Nullable URI endpoint;

    @Option(
            names = "--log-group",
            paramLabel = "NAME",
            description = "Where a trail's records arrive (default: the log group of the account's trail).")
    private @Nullable String logGroup;

    @Option(
            names = "--secret",
            paramLabel = "NAME",
            description = "A secret whose every read you want to be told of (SEC-01). May be repeated.")
    private List<String> secrets = List.of();

    @Option(
            names = "--canary",
            paramLabel = "NAME",
            description = "A secret that nobody uses: any touch raises the alarm (SEC-19). May be repeated.")
    private List<String> canaries = List.of();

    @Option(names = "--dry-run", description = "Say what would be done, and do nothing.")
    private boolean dryRun;

    @Option(names = "--list", help = true, description = "List packs and detections, and do nothing.")
    private boolean list;

    @Parameters(paramLabel = "pack", description = "Which packs (default: all): cis, secrets, keys, trail, identity.")
    private List<String> chosen = List.of();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            List<Packs.Pack> packs = packs();
            if (list) {
                Listing.print(packs, out);
                return 0;
            }
            checkNames();
            return run(packs, out);
        } catch (Wrong wrong) {
            err.println(wrong.getMessage());
        } catch (SdkException e) {
            err.println(SdkWords.reason(e, endpoint == null ? "AWS, or AWS_ENDPOINT_URL" : endpoint.toString()));
        } finally {
            out.flush();
            err.flush();
        }
        return WRONG;
    }

    private int run(List<Packs.Pack> packs, PrintWriter out) {
        Arn arn = arn();
        try (SetupClients clients = new SetupClients(endpoint, arn.region().orElseThrow())) {
            Surroundings around = new Surroundings(clients.trails(), clients.logs(), clients.topics());
            Target target = around.target(arn, logGroup);
            Map<String, List<String>> parameters = new LinkedHashMap<>();
            parameters.put("secret", secrets);
            parameters.put("canary", canaries);
            parameters.put("trailBucket", target.trailBucket().stream().toList());
            Plan plan = Plan.of(packs, parameters, target, clients);
            return plan.carryOut(dryRun, around.warnings(), out) ? 0 : WRONG;
        }
    }

    private Arn arn() {
        Arn arn = Arn.tryFromString(topic)
                .filter(each -> each.service().equals("sns") && each.region().isPresent())
                .orElse(null);
        if (arn == null) {
            throw new Wrong(
                    "--topic must be a topic's ARN, such as arn:aws:sns:us-east-1:123456789012:security; it is \""
                            + topic + "\".");
        }
        return arn;
    }

    private void checkNames() {
        for (List<String> names : List.of(secrets, canaries)) {
            for (String name : names) {
                if (!SECRET_NAME.matcher(name).matches()) {
                    throw new Wrong(
                            "\"" + name + "\" is no secret's name (the name, not the ARN; letters, digits, /_+=.@-).");
                }
            }
        }
    }

    private List<Packs.Pack> packs() {
        Map<String, Packs.Pack> all = Packs.all().stream()
                .collect(Collectors.toMap(Packs.Pack::name, pack -> pack, (a, _) -> a, LinkedHashMap::new));
        for (String name : chosen) {
            if (!all.containsKey(name)) {
                throw new Wrong(
                        "There is no pack \"" + name + "\". There are: " + String.join(", ", all.keySet()) + ".");
            }
        }
        return all.values().stream()
                .filter(pack -> chosen.isEmpty() || chosen.contains(pack.name()))
                .toList();
    }
}
