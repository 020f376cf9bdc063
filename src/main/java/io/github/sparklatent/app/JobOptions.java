package io.github.sparklatent.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options that every command has, and the footer of its help. */
@Command(footer = {"", JobOptions.SUBMIT, "", JobOptions.CODES, JobOptions.FURTHER_CODES})
final class JobOptions {
    static final String SUBMIT =
            "Arguments after -- are passed to spark-submit, for example -- --driver-memory 8g";

    static final String CODES =
            "Exit codes: 0 done, 2 usage or configuration, 3 input data, 4 rejected (if asked"
                    + " for),";

    static final String FURTHER_CODES =
            "5 training diverged, 130 or 143 stopped by a signal (a training that has finished a"
                    + " round writes a checkpoint), 1 any other error.";

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
            names = "--dry-run",
            description =
                    "Print the whole configuration and check paths and columns with Spark, but do"
                            + " nothing else.")
    private boolean dryRun;

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

    boolean dryRun() {
        return dryRun;
    }

    boolean json() {
        return json;
    }
}
