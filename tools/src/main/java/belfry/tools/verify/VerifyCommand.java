package belfry.tools.verify;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code belfry verify}: proves a trail's log files and digests, in a bucket or in a copy on disk. */
@Command(
        name = "verify",
        description = {
            "Proves that the log files of CloudTrail trails are as they were delivered: Belfry's or AWS's.",
            "Exit code: 0 proven, 1 something is not as it was delivered, 2 it could not be checked."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class VerifyCommand implements Callable<Integer> {
    private static final int PROVEN = 0;
    private static final int FAULTY = 1;
    private static final int UNCHECKED = 2;
    private static final String S3 = "s3://";

    @Parameters(
            paramLabel = "PLACE",
            description = "s3://bucket[/prefix], or a folder that is a copy of one (aws s3 sync).")
    private String place = "";

    @Option(
            names = "--endpoint-url",
            paramLabel = "URL",
            description = "Where S3 and CloudTrail answer (default AWS_ENDPOINT_URL, then AWS).")
    private @Nullable String endpoint;

    @Option(names = "--region", paramLabel = "NAME", description = "Of the bucket (default as the AWS tools find it).")
    private @Nullable String region;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Only digests ending at or after 2026-03-02T10:00:00Z.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Only digests ending at or before it.")
    private @Nullable String to;

    @Option(
            names = "--proof",
            paramLabel = "FILE",
            description =
                    "Public keys (and signatures) from a file, without asking anybody: what --save-proof wrote, or"
                            + " what aws cloudtrail list-public-keys printed.")
    private @Nullable Path proofFile;

    @Option(
            names = "--save-proof",
            paramLabel = "FILE",
            description = "Writes the public keys and the digests' signatures there, for a copy on disk.")
    private @Nullable Path saveTo;

    @Option(names = "--threads", paramLabel = "N", description = "Reads at once (default ${DEFAULT-VALUE}).")
    private int threads = 32;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (threads < 1) {
            throw new ParameterException(spec.commandLine(), "--threads is a number from 1.");
        }
        try (Aws aws = new Aws(endpoint(), region, threads)) {
            return verify(aws, out, err);
        } catch (IOException e) {
            err.println(e.getMessage());
            return UNCHECKED;
        }
    }

    private int verify(Aws aws, PrintWriter out, PrintWriter err) throws IOException {
        Proof proof = proofFile == null ? new Proof() : Proof.read(proofFile);
        KeySource keys = proofFile == null ? aws::publicKeys : KeySource.NONE;
        try (Archive archive = archive(aws)) {
            Progress progress = new Progress(err, onTerminal());
            Report report = new Verification(archive, keys, proof, progress, threads, time(from), time(to)).run();
            report.print(out);
            if (saveTo != null) {
                proof.write(saveTo);
            }
            if (!report.faults().isEmpty()) {
                return FAULTY;
            }
            if (!report.proven()) {
                err.println("No digest was found at " + place + " that could be proven.");
                return UNCHECKED;
            }
            return PROVEN;
        }
    }

    private Archive archive(Aws aws) throws IOException {
        if (place.startsWith(S3)) {
            String[] parts = place.substring(S3.length()).split("/", 2);
            return new S3Archive(aws.s3(), parts[0], parts.length == 1 ? "" : parts[1]);
        }
        Path folder = Path.of(place);
        if (!Files.isDirectory(folder)) {
            throw new IOException(place + " is neither s3://bucket nor a folder.");
        }
        return FolderArchive.of(folder).orElseThrow(() -> new IOException("No digest was found in " + place + "."));
    }

    private @Nullable URI endpoint() {
        String url = endpoint == null ? System.getenv("AWS_ENDPOINT_URL") : endpoint;
        return url == null || url.isBlank() ? null : URI.create(url);
    }

    private @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), text + " is no time such as 2026-03-02T10:00:00Z.", e);
        }
    }

    @SuppressWarnings("SystemConsoleNull") // without a terminal it is null, whatever the check believes
    private static boolean onTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}
