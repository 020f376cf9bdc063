package io.github.sparklatent.app;

import io.github.sparklatent.app.JobCommand.TrainCommand;
import io.github.sparklatent.app.SavedModelCommand.EvaluateCommand;
import io.github.sparklatent.app.SavedModelCommand.ExportCommand;
import io.github.sparklatent.app.SavedModelCommand.InspectCommand;
import io.github.sparklatent.app.SavedModelCommand.SampleCommand;
import io.github.sparklatent.app.SavedModelCommand.ScoreCommand;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.console.Console;
import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.app.console.ExitCodes.Failure;
import io.github.sparklatent.app.console.Stop;
import io.github.sparklatent.app.files.Status;
import io.github.sparklatent.cluster.table.NearestName;
import io.github.sparklatent.config.Redaction;
import io.github.sparklatent.ml.Families;
import io.github.sparklatent.ml.core.BuildInfo;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line, {@code spark-latent COMMAND [TABLE] [--config FILE] [--set key=value]...}. */
@Command(
        name = "spark-latent",
        mixinStandardHelpOptions = true,
        versionProvider = Latent.Version.class,
        header = "Fits latent-variable models on Apache Spark, and uses them.",
        description = {
            "%nExamples:%n  spark-latent train people.csv --preset anomalies%n  spark-latent score people.csv",
            "  spark-latent train --config nightly.conf -- --master yarn%n"
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            TrainCommand.class,
            EvaluateCommand.class,
            ScoreCommand.class,
            SampleCommand.class,
            InspectCommand.class,
            ExportCommand.class,
            RegistryCommand.Group.class,
            Latent.ResolveCommand.class
        },
        footer = {"", JobOptions.SUBMIT, "", JobOptions.CODES, JobOptions.FURTHER_CODES})
public final class Latent implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Latent.class);

    private final Console console;
    private final Stop stop;
    private Optional<Status> status = Optional.empty();

    @Spec
    private CommandSpec spec;

    private Latent(Console console, Stop stop) {
        this.console = console;
        this.stop = stop;
    }

    /**
     * Starts the command line and ends the Java process with the exit code. The process that spark-submit starts calls
     * this method.
     */
    public static void main(String[] arguments) {
        System.setProperty("java.awt.headless", "true"); // charts are drawn without a screen
        int code = run(arguments);
        if (code != ExitCodes.DONE) {
            System.exit(code);
        }
    }

    /** Runs a command in the current Spark session, or in a new one if there is none. Returns the exit code. */
    public static int run(String... arguments) {
        try (Stop stop = Stop.listen()) {
            return run(Console.system(), stop, arguments);
        }
    }

    static int run(Console console, Stop stop, String... arguments) {
        PrintWriter out = new PrintWriter(console.out(), true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(console.err(), true, StandardCharsets.UTF_8);
        Latent latent = new Latent(console, stop);
        CommandLine line = new CommandLine(latent)
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(Latent::misused)
                .setExecutionExceptionHandler((error, command, parsed) -> latent.failed(error, err));
        try {
            int code = line.execute(arguments);
            latent.status.ifPresent(file -> file.ended(code));
            return code;
        } catch (Error e) { // picocli handles exceptions only; a full local disk is an FSError
            int code = latent.failed(e, err);
            latent.status.ifPresent(file -> file.ended(code));
            return code;
        } finally {
            out.flush();
            err.flush();
        }
    }

    @Override
    public void run() {
        throw withoutCommand(spec);
    }

    /** Reports that the command is missing. */
    static ParameterException withoutCommand(CommandSpec spec) {
        return new ParameterException(
                spec.commandLine(),
                "no command given, expected one of "
                        + spec.subcommands().entrySet().stream()
                                .filter(command -> !command.getValue()
                                        .getCommandSpec()
                                        .usageMessage()
                                        .hidden())
                                .map(Map.Entry::getKey)
                                .collect(Collectors.joining(", ")));
    }

    Console console() {
        return console;
    }

    Stop stop() {
        return stop;
    }

    private static int misused(ParameterException error, String[] arguments) {
        PrintWriter err = error.getCommandLine().getErr();
        String command = error.getCommandLine().getCommandSpec().qualifiedName();
        String hint = error instanceof UnmatchedArgumentException unmatched
                ? NearestName.hint(
                        unmatched.getUnmatched().get(0),
                        error.getCommandLine().getSubcommands().keySet())
                : "";
        err.println(command + ": " + error.getMessage() + hint);
        if (hint.isEmpty()) {
            UnmatchedArgumentException.printSuggestions(error, err);
        }
        err.println(command + " --help lists commands and options");
        return ExitCodes.USAGE;
    }

    /** Begins the attempt of a command, whose status says how the command ends. */
    void begin(Status begun) {
        status = Optional.of(begun);
        begun.begin();
    }

    /** Sets what the status says: {@code message}, {@code decision} or {@code dataVersions}. */
    void note(String name, Object value) {
        status.ifPresent(file -> file.set(name, value));
    }

    private int failed(Throwable error, PrintWriter err) {
        Failure failure = ExitCodes.of(stop.isRequested() ? stop.explain(error) : error);
        if (failure.unexpected()) {
            LOG.error("unexpected error", error);
        } else {
            LOG.debug("stack trace of the failure", error);
        }
        Redaction.of(failure.sentence() + failure.detail())
                .lines()
                .forEach(line -> err.println("spark-latent: " + line));
        note("message", Redaction.of(failure.sentence()));
        return failure.code();
    }

    /** Provides the version and the commit of the build. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            BuildInfo build = BuildInfo.read();
            return List.of("spark-latent " + build.version(), "commit " + build.commit())
                    .toArray(String[]::new);
        }
    }

    /**
     * The command {@code resolve}, for scripts: checks a configuration and prints it as one word. In cluster deploy
     * mode the driver sees neither the file nor its includes nor the environment.
     */
    @Command(name = "resolve", hidden = true, description = "Prints a configuration as one word, for --config-text.")
    static final class ResolveCommand implements Callable<Integer> {
        @ParentCommand
        private Latent latent;

        @Option(names = "--config", required = true, paramLabel = "FILE")
        private Path config;

        @Option(names = "--set", paramLabel = "KEY=VALUE")
        private List<String> overrides = new ArrayList<>();

        @Override
        public Integer call() {
            latent.console().out().println(JobConfiguration.resolved(config, overrides, Families.types()));
            return ExitCodes.DONE;
        }
    }
}
