package io.github.sparklatent.app;

import java.util.Optional;
import picocli.CommandLine.Option;

/** A command by which a person decides about the champion, and may say why. */
abstract class ReasonedCommand extends RegistryCommand {
    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; the log keeps it with the user's name.")
    private String reason;

    Optional<String> reason() {
        return Optional.ofNullable(reason).filter(text -> !text.isBlank());
    }
}
