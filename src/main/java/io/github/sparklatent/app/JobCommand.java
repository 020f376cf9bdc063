package io.github.sparklatent.app;

import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.console.Console;
import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.app.console.Session;
import io.github.sparklatent.app.job.JobContext;
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
 * A command: reads the configuration before Spark starts, then checks, and unless it is a dry run
 * works and prints what came of it.
 */
abstract class JobCommand implements Callable<Integer> {
    @ParentCommand private Latent latent;
    @Mixin private JobOptions options;
    @Spec private CommandSpec spec;

    private final Job job;

    JobCommand(Job job) {
        this.job = job;
    }

    /** The work itself, not begun. */
    abstract Work work(JobContext context);

    /** The configuration; a command that can do without a file says so by overriding this. */
    JobConfiguration configuration(JobOptions given) {
        if (given.config() == null) {
            throw new ParameterException(
                    spec.commandLine(), "Missing required option: " + required());
        }
        return JobConfiguration.load(given.config(), given.overrides(), job, Families.types());
    }

    /** What the command cannot do without, as a sentence names it. */
    String required() {
        return "'--config FILE'";
    }

    @Override
    public Integer call() {
        JobConfiguration configuration = configuration(options);
        Console console = latent.console();
        JobConfiguration.idle(options.overrides(), job).forEach(console.err()::println);
        try (Session session = Session.open(job, configuration)) {
            latent.stop().cancelBy(session::cancel);
            JobContext context =
                    new JobContext(job, configuration, session.spark(), console, latent.stop());
            if (job.writes()) {
                ReadPaths.requireApart(context);
                if (!options.dryRun()) {
                    context.output().recover();
                }
            }
            Work work = work(context);
            if (options.dryRun()) {
                print(console, Outcome.of(configuration));
                work.check();
                console.err().println("Paths and columns are as the configuration says.");
            } else {
                work.check();
                print(console, work.run());
            }
        }
        return ExitCodes.DONE;
    }

    private void print(Console console, Outcome outcome) {
        console.out().print(options.json() ? Json.line(outcome.figures()) + "\n" : outcome.text());
        console.out().flush();
    }
}
