package io.github.sparklatent.app;

import io.github.sparklatent.app.config.Job;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A command that reads a saved model. */
abstract class SavedModelCommand extends JobCommand {
    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Result directory of a training, or its model/ directory; sets model.path."
                    + " Absent: that of the table, or of the configuration.")
    private String model;

    SavedModelCommand(Job job) {
        super(job);
    }

    @Override
    Optional<String> model() {
        return Optional.ofNullable(model);
    }
}
