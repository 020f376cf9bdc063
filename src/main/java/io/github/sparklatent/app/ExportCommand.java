package io.github.sparklatent.app;

import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.job.ExportJob;
import io.github.sparklatent.app.job.JobContext;
import io.github.sparklatent.app.job.Work;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.ml.core.OnnxPart;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code latent export}. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        versionProvider = Latent.Version.class,
        sortOptions = false,
        description = {
            "Writes a saved network as an ONNX file, which scores rows without Spark.",
            "With TABLE, the model is the result out/NAME-MODEL of train for the same table and" + " preset."
        })
final class ExportCommand extends SavedModelCommand {
    @Option(
            names = "--to",
            paramLabel = "FILE",
            required = true,
            description = "ONNX file to write, on any file system. A file that exists is not replaced.")
    private String to;

    @Option(
            names = "--part",
            paramLabel = "PART",
            defaultValue = "whole",
            description = "whole: from a row to the columns that score adds; encoder: from a row to its code; decoder:"
                    + " from a code to a row. Default: whole.")
    private String part;

    ExportCommand() {
        super(Job.EXPORT);
    }

    @Override
    String required() {
        return "'TABLE', '--model DIR' or '--config FILE'";
    }

    @Override
    Work work(JobContext context) {
        try {
            return new ExportJob(context, to, OnnxPart.of(part));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--" + e.getMessage());
        }
    }
}
