package io.github.sparklatent.app;

import io.github.sparklatent.app.job.Outcome;
import io.github.sparklatent.app.registry.Registry;
import io.github.sparklatent.config.RegistrySection;
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
        description =
                "Makes an earlier champion the champion again and holds it: no run is published" + " until release.")
final class RollbackCommand extends ReasonedCommand {
    @Option(
            names = "--to",
            paramLabel = "ID",
            description = "Run of the version. Absent: the champion before the current one, so that each"
                    + " repetition goes one further back.")
    private String target;

    @Option(
            names = "--from",
            paramLabel = "ID",
            description = "Roll back only if this run is the champion, so that a repetition does nothing."
                    + " If the champion was changed since, the command is refused.")
    private String source;

    @Override
    Outcome run(Registry opened, RegistrySection section) {
        String champion = opened.rollback(Optional.ofNullable(target), Optional.ofNullable(source), reason());
        boolean isHeld = opened.history().hold().isPresent();
        return new Outcome(
                Json.object("champion", champion, "held", isHeld),
                "champion  " + champion + (isHeld ? ", held until release\n" : ", not held\n"));
    }
}
