package io.github.sparklatent.app;

import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.job.EvaluateJob;
import io.github.sparklatent.app.job.ExportJob;
import io.github.sparklatent.app.job.InspectJob;
import io.github.sparklatent.app.job.JobContext;
import io.github.sparklatent.app.job.SampleJob;
import io.github.sparklatent.app.job.ScoreJob;
import io.github.sparklatent.app.job.Work;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.ml.core.OnnxPart;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A command that reads a saved model. */
abstract class SavedModelCommand extends JobCommand {
    @Option(
            names = "--model",
            paramLabel = "DIR",
            description =
                    "Result directory of a training, or its model/ directory; sets model.path. Absent: that of the table, or of the configuration.")
    private String model;

    SavedModelCommand(Job job) {
        super(job);
    }

    @Override
    Optional<String> model() {
        return Optional.ofNullable(model);
    }

    /** The command {@code latent evaluate}. */
    @Command(
            name = "evaluate",
            description = {
                "Evaluates a saved model on the rows of a table.",
                "Without --model, the model is read from output.path and the figures are written to <output.path>-evaluation.",
                "With TABLE, the model is the result out/NAME-MODEL of train for the same table and preset."
            })
    static final class EvaluateCommand extends SavedModelCommand {
        EvaluateCommand() {
            super(Job.EVALUATE);
        }

        @Override
        Work work(JobContext context) {
            return new EvaluateJob(context);
        }
    }

    /** The command {@code latent score}. */
    @Command(
            name = "score",
            description = {
                "Adds the output columns of a saved model to the rows of a table.",
                "Without --model, the model is read from output.path and the table is written to <output.path>-scores.",
                "With TABLE, the model is the result out/NAME-MODEL of train for the same table and preset."
            })
    static final class ScoreCommand extends SavedModelCommand {
        ScoreCommand() {
            super(Job.SCORE);
        }

        @Override
        Work work(JobContext context) {
            return new ScoreJob(context);
        }
    }

    /** The command {@code latent sample}. */
    @Command(
            name = "sample",
            description = {
                "Draws rows from a saved model.",
                "Without --model, the model is read from output.path and the rows are written to <output.path>-sample.",
                "With TABLE, the model is the result out/NAME-MODEL of train for the same table and preset."
            })
    static final class SampleCommand extends SavedModelCommand {
        SampleCommand() {
            super(Job.SAMPLE);
        }

        @Override
        Work work(JobContext context) {
            return new SampleJob(context);
        }
    }

    /** The command {@code latent inspect}. */
    @Command(
            name = "inspect",
            description = {
                "Prints a description of a saved model and its origin.",
                "With TABLE, the model is the result out/NAME-MODEL of train for this table."
            })
    static final class InspectCommand extends SavedModelCommand {
        InspectCommand() {
            super(Job.INSPECT);
        }

        @Override
        String required() {
            return "'TABLE', '--model DIR' or '--config FILE'";
        }

        @Override
        Work work(JobContext context) {
            return new InspectJob(context, isJson());
        }
    }

    /** The command {@code latent export}. */
    @Command(
            name = "export",
            description = {
                "Writes a saved network as an ONNX file, which scores rows without Spark.",
                "With TABLE, the model is the result out/NAME-MODEL of train for the same table and preset."
            })
    static final class ExportCommand extends SavedModelCommand {
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
                description =
                        "whole: from a row to the columns that score adds; encoder: from a row to its code; decoder: from a code to a row. Default: whole.")
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
}
