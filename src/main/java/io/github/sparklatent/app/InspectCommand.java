package io.github.sparklatent.app;

import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.job.InspectJob;
import io.github.sparklatent.app.job.JobContext;
import io.github.sparklatent.app.job.Work;
import picocli.CommandLine.Command;

/** The command {@code latent inspect}. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        versionProvider = Latent.Version.class,
        sortOptions = false,
        description = {
            "Prints a description of a saved model and its origin.",
            "With TABLE, the model is the result out/NAME-MODEL of train for this table."
        })
final class InspectCommand extends SavedModelCommand {
    InspectCommand() {
        super(Job.INSPECT);
    }

    @Override
    String required() {
        return "'TABLE', '--model DIR' or '--config FILE'";
    }

    @Override
    Work work(JobContext context) {
        return new InspectJob(context, isJson());
    }
}
