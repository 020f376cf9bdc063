package io.github.sparklatent.app;

import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.job.JobContext;
import io.github.sparklatent.app.job.TrainJob;
import io.github.sparklatent.app.job.Work;
import io.github.sparklatent.app.registry.RunTraining;
import picocli.CommandLine.Command;

/** The command {@code latent train}. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        versionProvider = Latent.Version.class,
        sortOptions = false,
        description = "Trains a model of a table: that of the configuration or of the preset, else a"
                + " mixture of all columns.")
final class TrainCommand extends JobCommand {
    TrainCommand() {
        super(Job.TRAIN);
    }

    @Override
    Work work(JobContext context) {
        return context.configuration().registry().isRun() ? new RunTraining(context) : new TrainJob(context);
    }
}
