package io.github.sparklatent.app;

import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.job.EvaluateJob;
import io.github.sparklatent.app.job.JobContext;
import io.github.sparklatent.app.job.Work;
import picocli.CommandLine.Command;

/** The command {@code latent evaluate}. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        versionProvider = Latent.Version.class,
        sortOptions = false,
        description = {
            "Evaluates a saved model on the rows of a table.",
            "Without --model, the model is read from output.path and the figures are written to"
                    + " <output.path>-evaluation.",
            "With TABLE, the model is the result out/NAME-MODEL of train for the same table and" + " preset."
        })
final class EvaluateCommand extends SavedModelCommand {
    EvaluateCommand() {
        super(Job.EVALUATE);
    }

    @Override
    Work work(JobContext context) {
        return new EvaluateJob(context);
    }
}
