package io.github.sparklatent.app;

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
import io.github.sparklatent.ml.Families;
import io.github.sparklatent.ml.io.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
        JobConfiguration configuration = configuration(options);
        Console console = latent.console();
        JobConfiguration.withoutEffect(options.overrides(), job).forEach(console.err()::println);
        try (Session session = Session.open(job, configuration)) {
            latent.stop().cancelBy(session::cancel);
            JobContext context =
                    new JobContext(job, configuration, session.spark(), console, latent.stop());
            if (job.writes()) {
                ReadPaths.requireSeparate(context);
            }
            if (options.dryRun()) {
                print(console, Outcome.of(configuration));
                work(context).check();
                console.err().println("Paths and columns match the configuration.");
            } else if (job.writes()) {
                JobLocks.whileHeld(context, () -> run(context));
            } else {
                run(context);
            }
        }
        return ExitCodes.DONE;
    }

    private void run(JobContext context) {
        Work work = work(context);
        work.check();
        print(context.console(), work.run());
    }

    private void print(Console console, Outcome outcome) {
        console.out().print(options.json() ? Json.line(outcome.figures()) + "\n" : outcome.text());
        console.out().flush();
    }
}
