package io.github.sparklatent.app;

import io.github.sparklatent.app.console.FileSystemSettings;
import io.github.sparklatent.app.job.Outcome;
import io.github.sparklatent.app.registry.Registry;
import io.github.sparklatent.app.registry.RegistryCopy;
import io.github.sparklatent.config.RegistrySection;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code latent backup}. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        versionProvider = Latent.Version.class,
        sortOptions = false,
        description = "Copies a registry to a new directory. Runs may go on meanwhile.")
final class BackupCommand extends RegistryCommand {
    @Option(
            names = "--to",
            paramLabel = "DIR",
            required = true,
            description = "Directory of the copy, which is empty or does not exist.")
    private String target;

    @Override
    boolean changes() {
        return false;
    }

    @Override
    Outcome run(Registry opened, RegistrySection section) {
        return outcome("backup", RegistryCopy.backup(FileSystemSettings.ofSpark(), opened.path(), target), target);
    }

    /** Returns what a copy prints. */
    static Outcome outcome(String name, Map<String, Object> copied, String place) {
        return new Outcome(
                copied,
                "%-9s %s, %s entries of the log, %d versions\n"
                        .formatted(name, place, copied.get("entries"), ((List<?>) copied.get("versions")).size()));
    }
}
