package io.github.sparklatent.app;

import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.job.JobContext;
import io.github.sparklatent.app.job.Work;
import io.github.sparklatent.app.registry.CompareJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code latent compare}. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        versionProvider = Latent.Version.class,
        sortOptions = false,
        description =
                "Compares the version of a run with the champion, on rows that no run trains on,"
                        + " and records the decision.")
final class CompareCommand extends JobCommand {
    @Option(
            names = "--fail-if-rejected",
            description = "End with exit code 4 if the run is rejected. The default is 0.")
    private boolean failIfRejected;

    CompareCommand() {
        super(Job.COMPARE);
    }

    @Override
    Work work(JobContext context) {
        return new CompareJob(context, failIfRejected);
    }
}
