package io.github.sparklatent.bench;

import io.github.sparklatent.bench.adversarial.AdversarialCommand;
import io.github.sparklatent.bench.anomalies.AnomaliesCommand;
import io.github.sparklatent.bench.clustering.ClusteringCommand;
import io.github.sparklatent.bench.drawn.DrawnCommand;
import io.github.sparklatent.bench.kernels.KernelsCommand;
import io.github.sparklatent.bench.race.ConvergenceCommand;
import io.github.sparklatent.bench.race.MissingCommand;
import io.github.sparklatent.bench.race.RaceCommand;
import io.github.sparklatent.bench.training.AveragingCommand;
import io.github.sparklatent.bench.training.ChainsCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code jobs/bench}. */
@Command(
        name = "bench",
        description = "Compares this project with its peers and prints the tables of the site.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RaceCommand.class,
            ConvergenceCommand.class,
            MissingCommand.class,
            KernelsCommand.class,
            AveragingCommand.class,
            ClusteringCommand.class,
            AdversarialCommand.class,
            ChainsCommand.class,
            AnomaliesCommand.class,
            DrawnCommand.class
        },
        footer = """

                Further commands, alerts, imputation, reasons and synthesis, are programs of Python: see their --help.
                Peers in Python are installed from PyPI; the kernels are compared with Debian's libopenblas0.
                MNIST's files are train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz,
                t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz of
                https://ossci-datasets.s3.amazonaws.com/mnist/. Generated rows are kept in target/bench,
                half a gigabyte. Results of trainings are kept in src/bench/results. Without --only a
                command runs the trainings that are not on file. --only 'gmm/*,vae/mlp' selects by name.
                """)
public final class Bench implements Runnable {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT)
    private boolean help;

    @Spec
    private CommandSpec spec;

    private Bench() {}

    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        String folder = System.getenv().getOrDefault("BENCH_FOLDER", "");
        System.exit(new CommandLine(new Bench())
                .setUsageHelpWidth(110)
                .registerConverter(Path.class, word -> Path.of(folder).resolve(word))
                .setParameterExceptionHandler((error, words) -> report(error, 2))
                .setExecutionExceptionHandler((error, line, parsed) -> failed(error))
                .execute(arguments));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing: " + String.join(", ", spec.subcommands().keySet()));
    }

    private static int failed(Exception error) throws Exception {
        if (error instanceof IllegalArgumentException || error instanceof ParameterException) {
            return report(error, 2);
        }
        if (error instanceof IOException) {
            return report(error, 1);
        }
        throw error;
    }

    private static int report(Exception error, int code) {
        System.err.println("bench: " + error.getMessage());
        return code;
    }
}
