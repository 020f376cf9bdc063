package io.github.sparklatent.app;

import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.job.JobContext;
import io.github.sparklatent.app.job.ScoreJob;
import io.github.sparklatent.app.job.Work;
import picocli.CommandLine.Command;

/** The command {@code latent score}. */
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        versionProvider = Latent.Version.class,
        sortOptions = false,
        description = {
            "Adds the output columns of a saved model to the rows of a table.",
            "Without --model, the model is read from output.path and the table is written to"
                    + " <output.path>-scores.",
            "With TABLE, the model is the result out/NAME-MODEL of train for the same table and" + " preset."
        })
final class ScoreCommand extends SavedModelCommand {
    ScoreCommand() {
        super(Job.SCORE);
    }

    @Override
    Work work(JobContext context) {
        return new ScoreJob(context);
    }
}
