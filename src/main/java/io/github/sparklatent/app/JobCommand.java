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
import io.github.sparklatent.app.job.TrainJob;
import io.github.sparklatent.app.job.Work;
import io.github.sparklatent.app.registry.CompareJob;
import io.github.sparklatent.app.registry.RegistryContext;
import io.github.sparklatent.app.registry.RetrainJob;
import io.github.sparklatent.app.registry.RunTraining;
import io.github.sparklatent.cluster.storage.FileSystems;
import io.github.sparklatent.cluster.storage.HadoopStore;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
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
            context.result().ifPresent(output -> latent.begin(new Status(output, spec.name())));
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
        context.result().ifPresent(output -> latent.note("result", output.result()));
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

    /**
     * Checks that a job's result is separate from everything the job reads, and its checkpoint from all tables. The job
     * deletes the files that it replaces, and Spark would read files written into a table as part of that table.
     */
    private static final class ReadPaths {
        private final Configuration hadoop;

        private ReadPaths(Configuration hadoop) {
            this.hadoop = hadoop;
        }

        /**
         * Checks all paths that a job reads.
         *
         * @throws UsageException if a path is equal to, inside or above the result; the message names the first such
         *     path
         */
        public static void requireSeparate(JobContext context) {
            ReadPaths check = new ReadPaths(context.hadoop());
            Map<String, List<String>> read = of(context.job(), context.configuration());
            if (context.configuration().registry().isRun() && context.job() == Job.TRAIN) {
                read.keySet().removeIf(key -> !key.startsWith("data.")); // a version may start from another one
            }
            check.require(context.output().place().shown(), context.output().whole(), read);
        }

        private static Map<String, List<String>> of(Job job, JobConfiguration configuration) {
            Map<String, List<String>> read = new LinkedHashMap<>();
            if (job.readsData()) {
                read.put("data.path", configuration.data().paths());
                read.put("data.labels", configuration.data().labels());
            }
            if (job == Job.TRAIN) {
                read.put("data.holdout.path", configuration.data().holdout().paths());
                read.put("data.holdout.labels", configuration.data().holdout().labels());
                read.put(
                        "train.initialModel",
                        configuration.train().initialModel().stream().toList());
            }
            if (job == Job.TRAIN || job == Job.EVALUATE) {
                read.put(
                        "evaluate.features.model",
                        configuration.featureModel().stream().toList());
            }
            if (job.readsModel()) {
                read.put("model.path", List.of(configuration.savedModel()));
            }
            return read;
        }

        private void require(String written, Path target, Map<String, List<String>> read) {
            read.forEach((key, paths) -> paths.forEach(path -> require(written, target, key, path)));
        }

        private void require(String written, Path target, String key, String path) {
            for (Path found : found(path)) {
                String relation = found.equals(target)
                        ? "is"
                        : isIn(found, target) ? "contains" : isIn(target, found) ? "is inside" : null;
                if (relation != null) {
                    throw new UsageException("%s %s %s \"%s\", which the job reads: set another path"
                            .formatted(written, relation, key, path));
                }
            }
        }

        /**
         * Returns the qualified paths that match a path or pattern, or the path itself if it does not exist. It returns
         * none if the path cannot be reached, because the code that reads the path reports that error.
         */
        private List<Path> found(String path) {
            try {
                Path given = new Path(path);
                FileSystem files = HadoopStore.plain(FileSystems.of(given, hadoop));
                List<Path> all = new ArrayList<>();
                FileStatus[] matches = files.globStatus(given);
                if (matches == null || matches.length == 0) {
                    all.add(files.makeQualified(given));
                } else {
                    for (FileStatus match : matches) {
                        all.add(files.makeQualified(match.getPath()));
                    }
                }
                return all;
            } catch (IOException | IllegalArgumentException e) {
                return List.of();
            }
        }

        /** Returns whether a path is inside a directory, at any depth. */
        private static boolean isIn(Path path, Path directory) {
            URI inner = path.toUri();
            URI outer = directory.toUri();
            String folder = outer.getPath().endsWith("/") ? outer.getPath() : outer.getPath() + "/";
            return Objects.equals(inner.getScheme(), outer.getScheme())
                    && Objects.equals(inner.getAuthority(), outer.getAuthority())
                    && inner.getPath().startsWith(folder);
        }
    }
}
