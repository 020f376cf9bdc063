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
import io.github.sparklatent.learn.DataException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * A command of the command line. It reads the configuration and checks paths before Spark starts,
 * and then columns. Unless it is a dry run, it then does the work and prints the result.
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
     * Returns the configuration, from a file or from keys that are set on the command line. A
     * command that needs neither overrides this method.
     */
    JobConfiguration configuration(JobOptions given) {
        boolean isSet = given.overrides().size() > (runId == null ? 0 : 1);
        if (!given.isConfigured() && !isSet) {
            throw new ParameterException(
                    spec.commandLine(), "Missing required option: " + required());
        }
        return given.load(job, given.overrides());
    }

    /** Returns the required options as text for an error message. */
    String required() {
        return "'--config FILE'";
    }

    @Override
    public Integer call() {
        if (runId != null) {
            options.override("registry.runId" + "=" + ConfigUtil.quoteString(runId));
        }
        JobConfiguration configuration = configuration(options);
        Console console = latent.console();
        JobConfiguration.withoutEffect(options.overrides(), job).forEach(console.err()::println);
        try (Session session = new Session(job, configuration)) {
            latent.stop().cancelBy(session::cancel);
            JobContext context =
                    RegistryContext.withVersion(
                            new JobContext(job, configuration, session, console, latent.stop()),
                            Optional.ofNullable(runId));
            boolean isTrained = RegistryContext.isTrained(context);
            if (context.result().isPresent()) {
                ReadPaths.requireSeparate(context);
            }
            if (options.dryRun()) {
                options.print(console, Outcome.of(configuration));
                Work work = work(context.previewing());
                work.checkPaths();
                console.err()
                        .println("The configuration is valid. Checking the columns with Spark.");
                work.check();
                console.err().println("Paths and columns match the configuration.");
                return ExitCodes.DONE;
            }
            RegistryContext.statusFile(context, spec.name()).ifPresent(latent::report);
            Work work = work(context);
            // Without a directory there is nothing to lock: a table's catalog has its own locks.
            if (context.result().isEmpty() || isTrained) {
                recorded(work, work::check);
                latent.started();
                return run(context, work);
            }
            JobLocks.requireFree(context);
            recorded(work, work::checkPaths);
            return JobLocks.whileHeld(
                    context,
                    () -> {
                        latent.started();
                        recorded(work, work::check);
                        return run(context, work);
                    });
        }
    }

    private boolean changesRegistry(JobConfiguration configuration) {
        return !job.readsModel() && configuration.registry().isRun();
    }

    private int run(JobContext context, Work work) {
        Outcome outcome = recorded(work, work::run);
        options.print(context.console(), outcome);
        latent.decided(outcome.figures().getOrDefault("decision", ""));
        if (changesRegistry(context.configuration())) {
            RegistryContext.show(context.hadoop(), context.configuration().registry());
        }
        return work.exitCode();
    }

    private static void recorded(Work work, Runnable step) {
        recorded(
                work,
                () -> {
                    step.run();
                    return step;
                });
    }

    /** Does a step of the work, which receives the reason if the input data are refused. */
    private static <T> T recorded(Work work, Supplier<T> step) {
        try {
            return step.get();
        } catch (DataException e) {
            try {
                if (!ExitCodes.mayPass(e)) {
                    work.refused(e);
                }
            } catch (RuntimeException other) {
                e.addSuppressed(other);
            }
            throw e;
        }
    }
}
