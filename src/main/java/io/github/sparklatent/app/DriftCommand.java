package io.github.sparklatent.app;

import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.job.DriftJob;
import io.github.sparklatent.app.job.JobContext;
import io.github.sparklatent.app.job.Work;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code latent drift}. */
@Command(
        name = "drift",
        mixinStandardHelpOptions = true,
        versionProvider = Latent.Version.class,
        sortOptions = false,
        description = {
            "Compares two tables: columns, types, levels, missing values, distributions, and all columns together by a"
                    + " classifier.",
            "With --model, or with the champion of a registry, it also compares the anomaly scores of their rows.",
            "Without a configuration, the result is out/NAME-drift by the name of the current table."
        })
final class DriftCommand extends SavedModelCommand {
    @Option(
            names = "--reference",
            paramLabel = "TABLE",
            description = "Table with what is usual; the same as TABLE. Absent: data.path or data.table.")
    private String reference;

    @Option(
            names = "--current",
            paramLabel = "TABLE",
            description = "Table to compare with the reference, of any format; sets drift.current.")
    private String current;

    @Option(
            names = "--fail-if-drifted",
            description = "End with exit code 4 if the table has drifted: by drift.share or by drift.area. The default"
                    + " is 0.")
    private boolean failIfDrifted;

    DriftCommand() {
        super(Job.DRIFT);
    }

    @Override
    JobRequest completed(JobRequest typed) {
        return typed.comparing(reference, current);
    }

    @Override
    String required() {
        return "'--reference TABLE' or '--config FILE'";
    }

    @Override
    Work work(JobContext context) {
        return new DriftJob(context, failIfDrifted);
    }
}
