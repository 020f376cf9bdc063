package io.github.sparklatent.app;

import io.github.sparklatent.app.job.Outcome;
import io.github.sparklatent.app.registry.Entry;
import io.github.sparklatent.app.registry.History;
import io.github.sparklatent.app.registry.Registry;
import io.github.sparklatent.config.RegistrySection;
import io.github.sparklatent.ml.io.Json;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** The command {@code latent history}. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        versionProvider = Latent.Version.class,
        sortOptions = false,
        description = "Lists the runs and the decisions of a registry.")
final class HistoryCommand extends RegistryCommand {
    @Override
    Outcome run(Registry opened, RegistrySection section) {
        History history = opened.history();
        String champion = history.champion().orElse("none")
                + history.hold().map(entry -> ", " + History.held(entry)).orElse("");
        return new Outcome(
                Json.object(
                        "champion",
                        history.champion().orElse(null),
                        "previous",
                        history.previous().orElse(null),
                        "held",
                        history.hold().isPresent(),
                        "entries",
                        history.entries().stream()
                                .map(entry -> Json.parse(entry.json()))
                                .toList()),
                history.entries().stream()
                        .map(HistoryCommand::line)
                        .collect(Collectors.joining("", "", "champion  " + champion + "\n")));
    }

    private static String line(Entry entry) {
        String reasons = entry.reasons().isEmpty() ? "" : ": " + String.join("; ", entry.reasons());
        return "%s  %-8s  %s%s%s\n"
                .formatted(
                        entry.time().truncatedTo(ChronoUnit.SECONDS),
                        entry.kind(),
                        entry.subject(),
                        entry.outcome(),
                        reasons);
    }
}
