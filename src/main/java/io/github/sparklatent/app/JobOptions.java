package io.github.sparklatent.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What every command takes, and what its help ends with. */
@Command(footer = {"", JobOptions.SUBMIT, "", JobOptions.CODES, JobOptions.FURTHER_CODES})
final class JobOptions {
    static final String SUBMIT =
            "What follows -- goes to spark-submit, for example -- --driver-memory 8g";

    static final String CODES =
            "Exit codes: 0 done, 2 usage or configuration, 3 input data, 5 training diverged,";

    static final String FURTHER_CODES =
            "130 or 143 stopped by a signal (a training that has ended a round leaves its"
                    + " checkpoint), 1 anything else.";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration in HOCON; conf/reference.conf holds every key.")
    private Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Overrides a key of the configuration. May be repeated.")
    private List<String> overrides = new ArrayList<>();

    @Option(
            names = "--dry-run",
            description =
                    "Print the whole configuration, check paths and columns with Spark, and train"
                            + " nothing.")
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

    boolean dryRun() {
        return dryRun;
    }

    boolean json() {
        return json;
    }
}
