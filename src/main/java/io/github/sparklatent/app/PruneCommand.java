package io.github.sparklatent.app;

import io.github.sparklatent.app.job.Outcome;
import io.github.sparklatent.app.registry.Registry;
import io.github.sparklatent.config.RegistrySection;
import io.github.sparklatent.ml.io.Json;
import java.util.List;
import picocli.CommandLine.Command;

/** The command {@code latent prune}. */
@Command(
        name = "prune",
        mixinStandardHelpOptions = true,
        versionProvider = Latent.Version.class,
        sortOptions = false,
        description =
                "Removes all versions but the newest registry.keep, the champion" + " and the champion before it.")
final class PruneCommand extends RegistryCommand {
    @Override
    Outcome run(Registry opened, RegistrySection section) {
        List<String> pruned = opened.prune(section.keep());
        return new Outcome(
                Json.object("pruned", pruned),
                "pruned    " + (pruned.isEmpty() ? "nothing" : String.join(", ", pruned)) + "\n");
    }
}
