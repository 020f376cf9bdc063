package io.github.sparklatent.app;

import io.github.sparklatent.app.console.FileSystemSettings;
import io.github.sparklatent.app.job.Outcome;
import io.github.sparklatent.app.registry.Registry;
import io.github.sparklatent.app.registry.RegistryCopy;
import io.github.sparklatent.config.RegistrySection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code latent restore}. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        versionProvider = Latent.Version.class,
        sortOptions = false,
        description = "Makes a registry from a copy of the command backup. The registry must not exist.")
final class RestoreCommand extends RegistryCommand {
    @Option(names = "--from", paramLabel = "DIR", required = true, description = "Directory that backup has written.")
    private String source;

    @Override
    boolean needsEntries() {
        return false;
    }

    @Override
    Outcome run(Registry opened, RegistrySection section) {
        return BackupCommand.outcome(
                "restored", RegistryCopy.restore(FileSystemSettings.ofSpark(), source, opened.path()), opened.path());
    }
}
