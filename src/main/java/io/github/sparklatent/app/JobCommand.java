package io.github.sparklatent.app;

import com.typesafe.config.ConfigUtil;
import io.github.sparklatent.app.JobCommand.DecidingCommand;
import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.console.Console;
import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.app.console.Session;
import io.github.sparklatent.app.files.Status;
import io.github.sparklatent.app.job.JobContext;
import io.github.sparklatent.app.job.Outcome;
import io.github.sparklatent.app.job.ReadPaths;
import io.github.sparklatent.app.job.TrainJob;
import io.github.sparklatent.app.job.Work;
import io.github.sparklatent.app.registry.CompareJob;
import io.github.sparklatent.app.registry.RegistryContext;
import io.github.sparklatent.app.registry.RetrainJob;
import io.github.sparklatent.app.registry.RunTraining;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.learn.DataException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * A command of the command line. It reads the configuration and checks paths before Spark starts, and then columns.
 * Unless it is a dry run, it then does the work and prints the result.
 */
@Command(mixinStandardHelpOptions = true, versionProvider = Latent.Version.class, sortOptions = false)
abstract class JobCommand implements Callable<Integer> {

    @Mixin
    private JobOptions options;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--run-id",
            paramLabel = "ID",
            description =
                    "Run of the registry that the command is about; sets registry.runId. Absent: the champion, or no registry.")
    private String runId;

    private final Job job;

    JobCommand(Job job) {
        this.job = job;
    }

    /** Returns the work of the command, which has not started yet. */
    abstract Work work(JobContext context);

    /** Returns whether the result is printed as JSON. */
    final boolean isJson() {
        return options.isJson();
    }

    /** Returns the result of a training that the command line names after the table, or null. */
    String result() {
        return null;
    }

    /** Returns the configuration, from a table, a preset, a file and keys on the command line. */
    private JobConfiguration configuration(JobRequest request, Console console) {
        boolean isSet = request.overrides().size() > (runId == null ? 0 : 1);
        if (request.isCompleted()) {
            return new CompletedConfiguration(request, job, Session.fileSystems(), console.err()::println)
                    .load(options.dryRun());
        }
        if (request.file() == null && request.text() == null && !isSet) {
            String result = job.readsModel() && !job.readsData() ? "'TABLE', 'RESULT'" : "'TABLE'";
            throw new ParameterException(
                    spec.commandLine(), "Missing required parameter: %s or '--config FILE'".formatted(result));
        }
        return request.load(job);
    }

    @Override
    public Integer call() {
        if (runId != null) {
            options.override("registry.runId=" + ConfigUtil.quoteString(runId));
        }
        Latent latent = (Latent) spec.root().userObject();
        Console console = latent.console();
        JobRequest request = options.request(job, result());
        JobConfiguration configuration = configuration(request, console);
        JobConfiguration.withoutEffect(options.overrides(), job).forEach(console.err()::println);
        try (Session session = new Session(job, configuration)) {
            latent.stop().cancelBy(session::cancel);
            JobContext context = RegistryContext.withVersion(
                    new JobContext(job, configuration, session, console, latent.stop()), Optional.ofNullable(runId));
            boolean isTrained = RegistryContext.isTrained(context);
            if (context.result().isPresent()) {
                ReadPaths.requireSeparate(context);
            }
            if (options.dryRun()) {
                Settings settings = configuration.settings();
                options.print(console, new Outcome(settings.asMap(), settings.text()));
                Work work = work(context.previewing());
                work.checkPaths();
                console.err().println("The configuration is valid. Checking the columns with Spark.");
                work.check();
                context.versions().sentences().forEach(console.err()::println);
                console.err().println("Paths and columns match the configuration.");
                return ExitCodes.DONE;
            }
            Work work = work(context);
            if (!isTrained) {
                context.result().ifPresent(output -> latent.begin(new Status(output, spec.name())));
            }
            recorded(context, work, work::checkPaths);
            check(latent, context, work);
            return run(latent, request, context, work);
        }
    }

    private int run(Latent latent, JobRequest request, JobContext context, Work work) {
        Outcome outcome = recorded(context, work, work::run);
        context.result().ifPresent(output -> output.place().collect());
        options.print(context.console(), outcome);
        if (job == Job.TRAIN) {
            request.next(context.configuration(), context.output().result() + "/report.html")
                    .forEach(context.console().err()::println);
        }
        latent.note("decision", outcome.metrics().getOrDefault("decision", ""));
        return work.exitCode();
    }

    private void check(Latent latent, JobContext context, Work work) {
        recorded(context, work, work::check);
        context.versions().sentences().forEach(context.console().err()::println);
        latent.note("dataVersions", context.versions().json());
    }

    private void recorded(JobContext context, Work work, Runnable step) {
        recorded(context, work, () -> {
            step.run();
            return step;
        });
    }

    /** Does a step of the work, which receives the reason if the input data are refused. */
    private <T> T recorded(JobContext context, Work work, Supplier<T> step) {
        try {
            return step.get();
        } catch (DataException e) {
            try {
                if (ExitCodes.isData(e)) {
                    work.refused(e);
                }
            } catch (RuntimeException other) {
                e.addSuppressed(other);
            }
            throw e;
        }
    }

    /** A command that decides whether a version of the registry is accepted. */
    abstract static class DecidingCommand extends JobCommand {
        @Option(
                names = "--fail-if-rejected",
                description = "End with exit code 4 if the run is rejected. The default is 0.")
        private boolean failIfRejected;

        DecidingCommand(Job job) {
            super(job);
        }

        boolean failsIfRejected() {
            return failIfRejected;
        }
    }

    /** The command {@code train}. */
    @Command(
            name = "train",
            header = "Trains a model of a table.",
            description = {
                "Without a configuration and a preset, the settings are those of the preset groups.",
                "%nExamples:%n  spark-latent train people.csv%n  spark-latent train people.csv --preset anomalies --dry-run",
                "  spark-latent train --config people.conf -- --master yarn%n"
            })
    static final class TrainCommand extends JobCommand {
        TrainCommand() {
            super(Job.TRAIN);
        }

        @Override
        Work work(JobContext context) {
            return context.configuration().registry().isRun() ? new RunTraining(context) : new TrainJob(context);
        }
    }

    /** The command {@code compare}. */
    @Command(
            name = "compare",
            header =
                    "Compares the version of a run with the champion, on rows that no run trains on, and records the decision.",
            description = "%nExamples:%n  spark-latent registry compare --config nightly.conf --run-id 2026-01-31%n")
    static final class CompareCommand extends DecidingCommand {
        CompareCommand() {
            super(Job.COMPARE);
        }

        @Override
        Work work(JobContext context) {
            return new CompareJob(context, failsIfRejected());
        }
    }

    /** The command {@code retrain}. */
    @Command(
            name = "retrain",
            header =
                    "Trains a version of the registry, compares it with the champion, and publishes it if it is better.",
            description = {
                "Old versions are removed. The command can be repeated.",
                "%nExamples:%n  spark-latent registry retrain --config nightly.conf --run-id 2026-01-31%n"
            })
    static final class RetrainCommand extends DecidingCommand {
        RetrainCommand() {
            super(Job.TRAIN);
        }

        @Override
        Work work(JobContext context) {
            return new RetrainJob(context, failsIfRejected());
        }
    }
}
