package belfry.tools.doctor;

import belfry.tools.OperatorPages;
import belfry.tools.SdkWords;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** {@code belfry doctor}: why does no mail come? Asks every link by the public APIs, on Belfry or on AWS. */
@Command(
        name = "doctor",
        description = {
            "Asks every link from a secret to a mailbox, says which is broken, and how to mend it. It only reads.",
            "Credentials and region come from where the AWS CLI takes them. Exit code: 0 a read is told, 1 it is not, 2 it"
                    + " could not be found out."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class DoctorCommand implements Callable<Integer> {
    private static final List<String> REFUSALS =
            List.of("AccessDenied", "Unauthorized", "NotAuthorized", "AuthorizationError");

    @Option(names = "--secret", paramLabel = "NAME", description = "The secret whose reads you want to be told of.")
    private @Nullable String secret;

    @Option(names = "--email", paramLabel = "ADDR", description = "Who wants to be told (default: anybody).")
    private @Nullable String email;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "Belfry's address (default: AWS_ENDPOINT_URL, else http://127.0.0.1:4566).")
    private @Nullable URI endpoint;

    @Option(names = "--aws", description = "Ask AWS itself.")
    private boolean aws;

    @Option(names = "--region", paramLabel = "NAME", description = "The region (default as the AWS tools find it).")
    private @Nullable String region;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Optional<URI> server =
                aws ? Optional.empty() : Optional.of(OperatorPages.endpoint(Optional.ofNullable(endpoint)));
        String where = server.map(URI::toString).orElse("AWS");
        String place = region();
        try (Sdk sdk = new Sdk(server, place)) {
            String account = sdk.identity.getCallerIdentity().account();
            Chain chain = new Chain(sdk, account, place, Optional.ofNullable(secret), Optional.ofNullable(email));
            checks(server).forEach(check -> look(check, chain));
            return Report.print(chain, out);
        } catch (SdkException e) {
            err.println(SdkWords.reason(e, where));
            return Report.UNKNOWN;
        } finally {
            out.flush();
            err.flush();
        }
    }

    /** In the order in which a read travels. */
    private static List<Check> checks(Optional<URI> server) {
        return List.of(
                new SecretCheck(),
                new HistoryCheck(),
                new TrailCheck(),
                new LogGroupCheck(),
                new FilterCheck(),
                new AlarmCheck(),
                new RuleCheck(),
                new TopicCheck(),
                new SubscriptionCheck(),
                new DeliveryCheck(server));
    }

    private static void look(Check check, Chain chain) {
        try {
            check.look(chain);
        } catch (AwsServiceException e) {
            if (REFUSALS.stream().noneMatch(Words.code(e)::startsWith)) {
                throw e;
            }
            chain.unseen(
                    check,
                    "These credentials may not look here: "
                            + e.awsErrorDetails().errorMessage());
        }
    }

    private String region() {
        if (region != null) {
            return region;
        }
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion().id();
        } catch (SdkClientException e) {
            return belfry.Options.DEFAULT_REGION;
        }
    }
}
