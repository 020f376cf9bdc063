package io.github.sparklatent.app;

import io.github.sparklatent.app.job.Outcome;
import io.github.sparklatent.app.registry.Registry;
import io.github.sparklatent.app.registry.RegistryContext;
import io.github.sparklatent.config.RegistrySection;
import io.github.sparklatent.ml.io.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code latent publish}. */
@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        versionProvider = Latent.Version.class,
        sortOptions = false,
        description = "Makes the version of a run the champion, if compare has accepted it and no other"
                + " version was published since.")
final class PublishCommand extends ReasonedCommand {
    @Option(names = "--run-id", paramLabel = "ID", description = "Run whose version is published.")
    private String runId;

    @Option(
            names = "--force",
            description =
                    "Publish although the run was rejected, rolled back or not compared, or the" + " champion is held.")
    private boolean forced;

    @Override
    String runId() {
        return runId;
    }

    @Override
    Outcome run(Registry opened, RegistrySection section) {
        String run = RegistryContext.runId(section);
        boolean changed = opened.publish(run, forced, reason());
        return new Outcome(
                Json.object("champion", run, "changed", changed),
                changed ? "champion  " + run + "\n" : "champion  " + run + ", as before\n");
    }
}
