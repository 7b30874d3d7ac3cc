package belfry.tools;

import belfry.tools.demo.DemoCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code belfry} command. */
@Command(
        name = "belfry",
        description = "Tells you within a second who touched your secrets. Speaks the AWS APIs.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DemoCommand.class, ServeCommand.class})
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Logging.configure();
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine belfry = new CommandLine(new Main());
        belfry.getCommandSpec().versionProvider(new Version());
        belfry.getSubcommands().values().forEach(sub -> sub.getCommandSpec().versionProvider(new Version()));
        return belfry;
    }
}
