package io.github.sparklatent.app;

import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.job.JobContext;
import io.github.sparklatent.app.job.SampleJob;
import io.github.sparklatent.app.job.Work;
import picocli.CommandLine.Command;

/** The command {@code latent sample}. */
@Command(
        name = "sample",
        mixinStandardHelpOptions = true,
        versionProvider = Latent.Version.class,
        sortOptions = false,
        description = {
            "Draws rows from a saved model.",
            "Without --model, the model is read from output.path and the rows are written to"
                    + " <output.path>-sample.",
            "With TABLE, the model is the result out/NAME-MODEL of train for the same table and" + " preset."
        })
final class SampleCommand extends SavedModelCommand {
    SampleCommand() {
        super(Job.SAMPLE);
    }

    @Override
    Work work(JobContext context) {
        return new SampleJob(context);
    }
}
