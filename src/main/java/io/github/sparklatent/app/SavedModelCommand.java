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
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that reads a saved model. */
abstract class SavedModelCommand extends JobCommand {
    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "RESULT",
            description =
                    "Result directory of a training, or its model/ directory; sets model.path. Absent: the newest result of the table, or that of the configuration. May stand alone, without TABLE.")
    private String result;

    SavedModelCommand(Job job) {
        super(job);
    }

    @Override
    String result() {
        return result;
    }

    /** The command {@code evaluate}. */
    @Command(
            name = "evaluate",
            header = "Evaluates a saved model on the rows of a table.",
            description = {
                "The metrics are written to RESULT-evaluation; if TABLE and RESULT are typed, to out/NAME-evaluation.",
                "%nExamples:%n  spark-latent evaluate new.csv out/people-groups%n  spark-latent evaluate --config people.conf%n"
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

    /** The command {@code score}. */
    @Command(
            name = "score",
            header = "Adds the output columns of a saved model to the rows of a table.",
            description = {
                "The table is written to RESULT-scores; if TABLE and RESULT are typed, to out/NAME-scores.",
                "%nExamples:%n  spark-latent score people.csv%n  spark-latent score new.csv out/people-anomalies%n"
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

    /** The command {@code sample}. */
    @Command(
            name = "sample",
            header = "Draws rows from a saved model.",
            description = {
                "The rows are written to RESULT-sample.",
                "%nExamples:%n  spark-latent sample people.csv --preset generate%n  spark-latent sample out/people-generate --set sample.rows=500%n"
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

    /** The command {@code inspect}. */
    @Command(
            name = "inspect",
            header = "Describes a saved model and its origin.",
            description =
                    "%nExamples:%n  spark-latent inspect out/people-groups%n  spark-latent inspect people.csv --json%n")
    static final class InspectCommand extends SavedModelCommand {
        InspectCommand() {
            super(Job.INSPECT);
        }

        @Override
        Work work(JobContext context) {
            return new InspectJob(context, isJson());
        }
    }

    /** The command {@code export}. */
    @Command(
            name = "export",
            header = "Writes a saved network as an ONNX file, which scores rows without Spark.",
            description = "%nExamples:%n  spark-latent export out/digits-compress --output digits.onnx%n")
    static final class ExportCommand extends SavedModelCommand {
        @Option(
                names = "--output",
                paramLabel = "FILE",
                required = true,
                description = "ONNX file to write, on any file system. A file that exists is not replaced.")
        private String output;

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
        Work work(JobContext context) {
            try {
                return new ExportJob(context, output, OnnxPart.of(part));
            } catch (IllegalArgumentException e) {
                throw new UsageException("--" + e.getMessage());
            }
        }
    }
}
