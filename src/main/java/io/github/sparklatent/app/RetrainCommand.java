package io.github.sparklatent.app;

import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.job.JobContext;
import io.github.sparklatent.app.job.Work;
import io.github.sparklatent.app.registry.RetrainJob;
import picocli.CommandLine.Command;

/** The command {@code latent retrain}. */
@Command(
        name = "retrain",
        mixinStandardHelpOptions = true,
        versionProvider = Latent.Version.class,
        sortOptions = false,
        description = "Trains a version of the registry, compares it with the champion, publishes it if"
                + " it is better, and removes old versions. Can be repeated.")
final class RetrainCommand extends DecidingCommand {
    RetrainCommand() {
        super(Job.TRAIN);
    }

    @Override
    Work work(JobContext context) {
        return new RetrainJob(context, failsIfRejected());
    }
}
