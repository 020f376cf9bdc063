package io.github.sparklatent.app;

import io.github.sparklatent.app.job.Outcome;
import io.github.sparklatent.app.registry.Registry;
import io.github.sparklatent.config.RegistrySection;
import io.github.sparklatent.ml.io.Json;
import picocli.CommandLine.Command;

/** The command {@code latent release}. */
@Command(
        name = "release",
        mixinStandardHelpOptions = true,
        versionProvider = Latent.Version.class,
        sortOptions = false,
        description = "Releases a champion that a rollback holds, so that runs are published" + " again.")
final class ReleaseCommand extends ReasonedCommand {
    @Override
    Outcome run(Registry opened, RegistrySection section) {
        boolean changed = opened.release(reason());
        String champion = opened.history().champion().orElse("none");
        return new Outcome(
                Json.object("champion", champion, "held", false, "changed", changed),
                "champion  " + champion + (changed ? ", released\n" : ", not held\n"));
    }
}
