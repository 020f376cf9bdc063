package io.github.sparklatent.app;

import io.github.sparklatent.app.config.RegistrySection;
import io.github.sparklatent.app.job.Outcome;
import io.github.sparklatent.app.registry.Registry;
import io.github.sparklatent.ml.io.Json;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code latent rollback}. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        versionProvider = Latent.Version.class,
        sortOptions = false,
        description = "Makes an earlier champion the champion again.")
final class RollbackCommand extends RegistryCommand {
    @Option(
            names = "--to",
            paramLabel = "ID",
            description =
                    "Run of the version. Absent: the champion before the current one, so that each"
                            + " repetition goes one further back.")
    private String target;

    @Override
    Outcome run(Registry opened, RegistrySection section) {
        String champion = opened.rollback(Optional.ofNullable(target));
        return new Outcome(Json.object("champion", champion), "champion  " + champion + "\n");
    }
}
