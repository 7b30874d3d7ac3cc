package belfry.tools;

import belfry.tools.demo.DemoCommand;
import belfry.tools.doctor.DoctorCommand;
import belfry.tools.setup.SetupCommand;
import belfry.tools.verify.VerifyCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code belfry} command. */
@Command(
        name = "belfry",
        description = "Tells you within a second who touched your secrets. Speaks the AWS APIs.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            ServeCommand.class,
            MailCommand.class,
            SetupCommand.class,
            DoctorCommand.class,
            VerifyCommand.class,
            BackupCommand.class
        })
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Logging.configure();
        System.exit(commandLine().execute(arguments));
    }

    /** The command with its subcommands. */
    public static CommandLine commandLine() {
        CommandLine belfry = new CommandLine(new Main());
        belfry.getCommandSpec().versionProvider(new Version());
        belfry.getSubcommands().values().forEach(sub -> sub.getCommandSpec().versionProvider(new Version()));
        return belfry;
    }
}
