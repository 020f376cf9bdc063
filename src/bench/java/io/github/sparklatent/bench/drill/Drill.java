package io.github.sparklatent.bench.drill;

import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code jobs/drill}. */
@Command(
        name = "drill",
        description = "Breaks things on purpose and checks what is left.",
        synopsisSubcommandLabel = "DRILL",
        subcommands = {
            NightsDrill.class,
            KillsDrill.class,
            ContractDrill.class,
            ExecutorsDrill.class,
            StorageDrill.class
        })
public final class Drill implements Runnable {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT)
    private boolean help;

    @Spec
    private CommandSpec spec;

    private Drill() {}

    /** Runs a drill and ends the process with 1 if it found a fault. */
    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        System.exit(new CommandLine(new Drill()).setUsageHelpWidth(110).execute(arguments));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a drill is missing: " + String.join(", ", spec.subcommands().keySet()));
    }
}
