package io.github.sparklatent.app;

import io.github.sparklatent.app.job.Outcome;
import io.github.sparklatent.app.registry.Registry;
import io.github.sparklatent.config.RegistrySection;
import io.github.sparklatent.ml.io.Json;
import picocli.CommandLine.Command;

/** The command {@code latent hold}. */
@Command(
        name = "hold",
        mixinStandardHelpOptions = true,
        versionProvider = Latent.Version.class,
        sortOptions = false,
        description = "Holds the champion: no run is published until release, except with publish" + " --force.")
final class HoldCommand extends ReasonedCommand {
    @Override
    Outcome run(Registry opened, RegistrySection section) {
        boolean changed = opened.hold(reason());
        String champion = opened.history().champion().orElse("none");
        return new Outcome(
                Json.object("champion", champion, "held", true, "changed", changed),
                "champion  " + champion + (changed ? ", held from now on\n" : ", held already\n"));
    }
}
