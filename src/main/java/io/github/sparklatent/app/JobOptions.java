package io.github.sparklatent.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What every command takes. */
final class JobOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration in HOCON; conf/reference.conf holds every key.")
    private Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Sets a key of the configuration anew; may stand several times.")
    private List<String> overrides = new ArrayList<>();

    @Option(
            names = "--dry-run",
            description =
                    "Print the whole configuration, check paths and columns, and start nothing.")
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
