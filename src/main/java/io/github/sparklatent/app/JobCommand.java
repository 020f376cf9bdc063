package io.github.sparklatent.app;

import com.typesafe.config.ConfigUtil;
import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.console.Console;
import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.app.console.Session;
import io.github.sparklatent.app.job.JobContext;
import io.github.sparklatent.app.job.JobLocks;
import io.github.sparklatent.app.job.Outcome;
import io.github.sparklatent.app.job.ReadPaths;
import io.github.sparklatent.app.job.Work;
import io.github.sparklatent.app.registry.RegistryContext;
import io.github.sparklatent.config.RegistryKeys;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.Families;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * A command of the command line. It reads the configuration before Spark starts and checks paths
 * and columns. Unless it is a dry run, it then does the work and prints the result.
 */
abstract class JobCommand implements Callable<Integer> {
    @ParentCommand private Latent latent;
    @Mixin private JobOptions options;
    @Spec private CommandSpec spec;

    @Option(
            names = "--run-id",
            paramLabel = "ID",
            description =
                    "Run of the registry that the command is about; sets registry.runId."
                            + " Absent: the champion, or no registry.")
    private String runId;

    private final Job job;

    JobCommand(Job job) {
        this.job = job;
    }

    /** Returns the work of the command, which has not started yet. */
    abstract Work work(JobContext context);

    /**
     * Returns the configuration. A command that needs no configuration file overrides this method.
     */
    JobConfiguration configuration(JobOptions given) {
        if (given.config() == null) {
            throw new ParameterException(
                    spec.commandLine(), "Missing required option: " + required());
        }
        return JobConfiguration.load(given.config(), given.overrides(), job, Families.types());
    }

    /** Returns the required options as text for an error message. */
    String required() {
        return "'--config FILE'";
    }

    @Override
    public Integer call() {
        if (runId != null) {
            options.override(RegistryKeys.RUN_ID.path() + "=" + ConfigUtil.quoteString(runId));
        }
        JobConfiguration configuration = configuration(options);
        Console console = latent.console();
        JobConfiguration.withoutEffect(options.overrides(), job).forEach(console.err()::println);
        try (Session session = Session.open(job, configuration)) {
            latent.stop().cancelBy(session::cancel);
            JobContext context =
                    RegistryContext.withVersion(
                            new JobContext(
                                    job, configuration, session.spark(), console, latent.stop()),
                            Optional.ofNullable(runId));
            boolean isTrained = RegistryContext.isTrained(context);
            if (job.writes()) {
                ReadPaths.requireSeparate(context);
            }
            if (options.dryRun()) {
                options.print(console, Outcome.of(configuration));
                work(context).check();
                console.err().println("Paths and columns match the configuration.");
                return ExitCodes.DONE;
            }
            if (!job.readsModel() && configuration.registry().isRun()) {
                latent.report(
                        RegistryContext.statusFile(context, spec.name(), configuration.registry()));
            }
            return job.writes() && !isTrained
                    ? JobLocks.whileHeld(context, () -> run(context))
                    : run(context);
        }
    }

    private int run(JobContext context) {
        Work work = work(context);
        try {
            work.check();
            Outcome outcome = work.run();
            options.print(context.console(), outcome);
            latent.decided(outcome.figures().getOrDefault("decision", ""));
            return work.exitCode();
        } catch (DataException e) {
            try {
                work.refused(e);
            } catch (RuntimeException other) {
                e.addSuppressed(other);
            }
            throw e;
        }
    }
}
