package io.github.sparklatent.app;

import com.typesafe.config.ConfigUtil;
import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.job.InspectJob;
import io.github.sparklatent.app.job.JobContext;
import io.github.sparklatent.app.job.Work;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code latent inspect}. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        versionProvider = Latent.Version.class,
        sortOptions = false,
        description = "Prints a description of a saved model and its origin.")
final class InspectCommand extends JobCommand {
    @Option(
            names = "--model",
            paramLabel = "DIR",
            description =
                    "Result directory of a training, or its model/ directory. No configuration is"
                            + " needed.")
    private String model;

    InspectCommand() {
        super(Job.INSPECT);
    }

    @Override
    JobConfiguration configuration(JobOptions given) {
        if (model == null) {
            return super.configuration(given);
        }
        List<String> overrides = new ArrayList<>(given.overrides());
        overrides.add("model.path=" + ConfigUtil.quoteString(model));
        return given.load(Job.INSPECT, overrides);
    }

    @Override
    String required() {
        return "'--model DIR' or '--config FILE'";
    }

    @Override
    Work work(JobContext context) {
        return new InspectJob(context);
    }
}
