package io.github.sparklatent.app;

import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.job.JobContext;
import io.github.sparklatent.app.job.Work;
import io.github.sparklatent.app.registry.CompareJob;
import picocli.CommandLine.Command;

/** The command {@code latent compare}. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        versionProvider = Latent.Version.class,
        sortOptions = false,
        description = "Compares the version of a run with the champion, on rows that no run trains on,"
                + " and records the decision.")
final class CompareCommand extends DecidingCommand {
    CompareCommand() {
        super(Job.COMPARE);
    }

    @Override
    Work work(JobContext context) {
        return new CompareJob(context, failsIfRejected());
    }
}
