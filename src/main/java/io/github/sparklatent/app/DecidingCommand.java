package io.github.sparklatent.app;

import io.github.sparklatent.app.config.Job;
import picocli.CommandLine.Option;

/** A command that decides whether a version of the registry is accepted. */
abstract class DecidingCommand extends JobCommand {
    @Option(
            names = "--fail-if-rejected",
            description = "End with exit code 4 if the run is rejected. The default is 0.")
    private boolean failIfRejected;

    DecidingCommand(Job job) {
        super(job);
    }

    boolean failsIfRejected() {
        return failIfRejected;
    }
}
