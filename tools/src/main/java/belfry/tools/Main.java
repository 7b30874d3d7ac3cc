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
        return new CommandLine(new Main());
    }
}
