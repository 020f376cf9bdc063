package io.github.sparklatent.app;

import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.job.EvaluateJob;
import io.github.sparklatent.app.job.JobContext;
import io.github.sparklatent.app.job.Work;
import picocli.CommandLine.Command;

/** {@code latent evaluate}. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        versionProvider = Latent.Version.class,
        sortOptions = false,
        description = {
            "Measures a saved model on given rows.",
            "Without model.path the model is that at output.path, and the figures go to"
                    + " <output.path>-evaluation."
        })
final class EvaluateCommand extends JobCommand {
    EvaluateCommand() {
        super(Job.EVALUATE);
    }

    @Override
    Work work(JobContext context) {
        return new EvaluateJob(context);
    }
}
