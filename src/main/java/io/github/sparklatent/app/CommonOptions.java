package io.github.sparklatent.app;

import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.console.Console;
import io.github.sparklatent.app.job.Outcome;
import io.github.sparklatent.config.Key.Level;
import io.github.sparklatent.config.Redaction;
import io.github.sparklatent.ml.io.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
            description = "Overrides a key of the configuration. May be repeated. Basic keys: " + Level.BASIC_KEYS)
    private List<String> overrides = new ArrayList<>();

    @Option(
            names = "--config-text",
            hidden = true,
            paramLabel = "TEXT",
            description = "Configuration that the command resolve has printed, instead of a file.")
    private String configText;

    @Option(names = "--json", description = "Print the final metrics as one JSON object on standard output.")
    private boolean json;

    boolean isJson() {
        return json;
    }

    Path config() {
        return config;
    }

    /** Returns whether a file, or what the command resolve has printed of one, is given. */
    boolean isConfigured() {
        return config != null || configText != null;
    }

    /** Returns the configuration of a job, with these overrides in place of the given ones. */
    JobConfiguration load(Job job, List<String> all) {
        return new JobRequest(null, null, config, configText, Optional.empty(), all).load(job);
    }

    /** Returns the text of a configuration instead of a file; null if there is none. */
    String configText() {
        return configText;
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
        if (json) {
            Json.print(outcome.metrics(), console.out());
        } else {
            console.out().print(Redaction.of(outcome.text()));
        }
        console.out().flush();
    }
}
