package io.github.sparklatent.app;

import com.typesafe.config.ConfigUtil;
import io.github.sparklatent.app.JobCommand.DecidingCommand;
import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.console.Console;
import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.app.console.Session;
import io.github.sparklatent.app.job.JobContext;
import io.github.sparklatent.app.job.JobLocks;
import io.github.sparklatent.app.job.Outcome;
import io.github.sparklatent.app.job.ReadPaths;
import io.github.sparklatent.app.job.TrainJob;
import io.github.sparklatent.app.job.Work;
import io.github.sparklatent.app.registry.CompareJob;
import io.github.sparklatent.app.registry.RegistryContext;
import io.github.sparklatent.app.registry.RetrainJob;
import io.github.sparklatent.app.registry.RunTraining;
import io.github.sparklatent.learn.DataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * A command of the command line. It reads the configuration and checks paths before Spark starts, and then columns.
 * Unless it is a dry run, it then does the work and prints the result.
 */
@Command(mixinStandardHelpOptions = true, versionProvider = Latent.Version.class, sortOptions = false)
abstract class JobCommand implements Callable<Integer> {
    @ParentCommand
    private Latent latent;

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

    /** Returns the result of a training that the command line names. */
    Optional<String> model() {
        return Optional.empty();
    }

    /** Returns the request with what further options of the command add. */
    JobRequest completed(JobRequest typed) {
        return typed;
    }

    /** Returns the required options as text for an error message. */
    String required() {
        return "'TABLE' or '--config FILE'";
    }

    /** Returns the configuration, from a table, a preset, a file and keys on the command line. */
    private JobConfiguration configuration(JobRequest request, Console console) {
        boolean isSet = request.overrides().size() > (runId == null ? 0 : 1);
        if (request.isCompleted()) {
            return new CompletedConfiguration(request, job, Session.fileSystems(), console.err()::println)
                    .load(options.dryRun());
        }
        if (request.file() == null && request.text() == null && !isSet) {
            throw new ParameterException(spec.commandLine(), "Missing required parameter: " + required());
        }
        return request.load(job);
    }

    @Override
    public Integer call() {
        if (runId != null) {
            options.override("registry.runId=" + ConfigUtil.quoteString(runId));
        }
        Console console = latent.console();
        JobRequest request = completed(options.request(model()));
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
                options.print(console, Outcome.of(configuration));
                Work work = work(context.previewing());
                work.checkPaths();
                console.err().println("The configuration is valid. Checking the columns with Spark.");
                work.check();
                context.versions().sentences().forEach(console.err()::println);
                console.err().println("Paths and columns match the configuration.");
                return ExitCodes.DONE;
            }
            RegistryContext.statusFile(context, spec.name()).ifPresent(latent::report);
            Work work = work(context);
            // Without a directory there is nothing to lock: a table's catalog has its own locks.
            if (context.result().isEmpty() || isTrained) {
                check(context, work);
                latent.started();
                return run(request, context, work);
            }
            JobLocks.requireFree(context);
            recorded(context, work, work::checkPaths);
            return JobLocks.whileHeld(context, () -> {
                latent.started();
                check(context, work);
                return run(request, context, work);
            });
        }
    }

    private int run(JobRequest request, JobContext context, Work work) {
        Outcome outcome = recorded(context, work, work::run);
        options.print(context.console(), outcome);
        if (job == Job.TRAIN) {
            try {
                next(request, context).forEach(context.console().err()::println);
            } catch (DataException e) { // of the other results of the table: this one is published
                context.console().err().println(e.getMessage());
            }
        }
        latent.decided(outcome.figures().getOrDefault("decision", ""));
        return work.exitCode();
    }

    /** Returns the last lines of a training of a table: where to look, and what to type. */
    private static List<String> next(JobRequest request, JobContext context) {
        List<String> commands = request.isCompleted()
                ? request.next(context.configuration(), new TableResults(request, context.hadoop()).isOne())
                : List.of();
        if (commands.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        if (context.configuration().output().report()) {
            lines.add("report    " + context.output().result() + "/report.html");
        }
        for (String command : commands) {
            lines.add((command == commands.get(0) ? "next      " : "          ") + command);
        }
        return lines;
    }

    private void check(JobContext context, Work work) {
        recorded(context, work, work::check);
        context.versions().sentences().forEach(context.console().err()::println);
        latent.read(context.versions().json());
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

    /** The command {@code latent train}. */
    @Command(
            name = "train",
            description =
                    "Trains a model of a table: that of the configuration or of the preset, else a mixture of all columns.")
    static final class TrainCommand extends JobCommand {
        TrainCommand() {
            super(Job.TRAIN);
        }

        @Override
        Work work(JobContext context) {
            return context.configuration().registry().isRun() ? new RunTraining(context) : new TrainJob(context);
        }
    }

    /** The command {@code latent compare}. */
    @Command(
            name = "compare",
            description =
                    "Compares the version of a run with the champion, on rows that no run trains on, and records the decision.")
    static final class CompareCommand extends DecidingCommand {
        CompareCommand() {
            super(Job.COMPARE);
        }

        @Override
        Work work(JobContext context) {
            return new CompareJob(context, failsIfRejected());
        }
    }

    /** The command {@code latent retrain}. */
    @Command(
            name = "retrain",
            description =
                    "Trains a version of the registry, compares it with the champion, publishes it if it is better, and removes old versions. Can be repeated.")
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
