package io.github.sparklatent.app;

import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.job.JobContext;
import io.github.sparklatent.app.job.ScoreJob;
import io.github.sparklatent.app.job.Work;
import picocli.CommandLine.Command;

/** {@code latent score}. */
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        versionProvider = Latent.Version.class,
        sortOptions = false,
        description = {
            "Adds a saved model's columns to given rows.",
            "Without model.path the model is that at output.path, and the table goes to"
                    + " <output.path>-scores."
        })
final class ScoreCommand extends JobCommand {
    ScoreCommand() {
        super(Job.SCORE);
    }

    @Override
    Work work(JobContext context) {
        return new ScoreJob(context);
    }
}
