package io.github.sparklatent.app;

import io.github.sparklatent.app.console.Console;
import io.github.sparklatent.app.job.Outcome;
import io.github.sparklatent.ml.io.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that every command has. */
class CommonOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration file in HOCON; conf/reference.conf lists all keys.")
    private Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Overrides a key of the configuration. May be repeated.")
    private List<String> overrides = new ArrayList<>();

    @Option(
            names = "--json",
            description = "Print the final figures as one JSON object on standard output.")
    private boolean json;

    Path config() {
        return config;
    }

    List<String> overrides() {
        return overrides;
    }

    /** Adds an override that another option stands for. */
    void override(String keyAndValue) {
        overrides.add(keyAndValue);
    }

    /** Prints the outcome of the command as these options say. */
    void print(Console console, Outcome outcome) {
        console.out().print(json ? Json.line(outcome.figures()) + "\n" : outcome.text());
        console.out().flush();
    }
}
