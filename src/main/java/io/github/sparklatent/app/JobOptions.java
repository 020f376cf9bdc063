package io.github.sparklatent.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options of a command that starts Spark, and the footer of its help. */
@Command(footer = {"", JobOptions.SUBMIT, "", JobOptions.CODES, JobOptions.FURTHER_CODES})
final class JobOptions extends CommonOptions {
    static final String SUBMIT =
            "Arguments after -- are passed to spark-submit, for example -- --driver-memory 8g";

    static final String CODES =
            "Exit codes: 0 done, 2 usage or configuration, 3 input data, 4 rejected (if asked"
                    + " for),";

    static final String FURTHER_CODES =
            "5 training diverged, 130 or 143 stopped by a signal (a training that has finished a"
                    + " round writes a checkpoint), 1 any other error.";

    @Option(
            names = "--dry-run",
            description =
                    "Print the whole configuration and check paths and columns with Spark, but do"
                            + " nothing else.")
    private boolean dryRun;

    boolean dryRun() {
        return dryRun;
    }
}
