package belfry.tools;

import belfry.Options;
import belfry.base.Clock;
import belfry.store.Backup;
import belfry.store.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code belfry backup}: a copy of the data folder's database, while the server runs. */
@Command(
        name = "backup",
        description = {
            "Copies a server's database as it stands at one moment, while the server runs or not; docs/operating.md says how"
                    + " to put it back.",
            "The root key is not in it, on purpose: keep a copy of it elsewhere."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class BackupCommand implements Callable<Integer> {
    private static final int WRONG = 1;
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'belfry-'yyyyMMdd'T'HHmmss'Z.db'");

    @Parameters(paramLabel = "DIR", description = "Where the copy goes, as belfry-<time>.db; made where it is missing.")
    private Path target = Path.of(".");

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "The server's data folder (default ~/.local/share/belfry, or BELFRY_DATA_DIR).")
    private @Nullable String dataDir;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Path folder = Options.read(dataDir == null ? Map.of() : Map.of("data-dir", dataDir), dataDirOnly())
                .dataDir()
                .orElseThrow();
        Path database = folder.resolve("belfry.db");
        if (!Files.isRegularFile(database)) {
            err.println("There is no database " + database + " (--data-dir names the server's data folder).");
            return WRONG;
        }
        try {
            Files.createDirectories(target);
            String name = NAME.format(Clock.system().now().atOffset(ZoneOffset.UTC));
            if (Files.exists(target.resolve(name))) {
                err.println(target.resolve(name) + " is there already.");
                return WRONG;
            }
            Path copy = Backup.copy(database, target, name);
            out.println(copy + " (" + Files.size(copy) / 1024 + " KiB) holds all that was answered until now.");
            out.println("Without " + folder.resolve("root.key")
                    + " it opens no secret: keep a copy of that file elsewhere.");
            return 0;
        } catch (StoreException e) {
            err.println("No backup was made: " + e.getMessage() + ".");
        } catch (IOException e) {
            err.println("No backup was made: " + target + " cannot be written: " + e.getMessage() + ".");
        } finally {
            out.flush();
            err.flush();
        }
        return WRONG;
    }

    /** Other options of the environment are no business of a backup. */
    private static Map<String, String> dataDirOnly() {
        Map<String, String> environment = new java.util.HashMap<>(System.getenv());
        environment.keySet().removeIf(name -> name.startsWith("BELFRY_") && !name.equals("BELFRY_DATA_DIR"));
        return environment;
    }
}
