package io.github.sparklatent.app.job;

import io.github.sparklatent.app.config.DataSection;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.files.OutputDirectory;
import io.github.sparklatent.app.files.TableReader;
import io.github.sparklatent.app.files.TableWriter;
import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.core.SavedModel;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import java.util.Arrays;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds a saved model's columns to the rows of a table. */
public final class ScoreJob implements Work {
    private static final Logger LOG = LoggerFactory.getLogger(ScoreJob.class);

    /** Column with the run of the model, if the model is a version of a registry. */
    private static final String RUN_ID = "runId";

    private final JobContext context;
    private final JobConfiguration configuration;
    private final OutputDirectory output;
    private final TableWriter writer;
    private final JobMonitor monitor;
    private SavedModel saved;
    private Dataset<Row> table;
    private FeatureColumns columns;
    private Scores scores;

    /** Creates the job without starting it. */
    public ScoreJob(JobContext context) {
        this.context = context;
        this.configuration = context.configuration();
        this.output = context.output();
        this.writer = new TableWriter(output, format(configuration), configuration.data());
        this.monitor = new JobMonitor(context);
    }

    /**
     * Returns the output format. The default is the input format, except for libsvm and images,
     * which can hold only labels and numbers.
     */
    private static DataFormat format(JobConfiguration configuration) {
        DataFormat input = configuration.data().format();
        return configuration
                .output()
                .format()
                .orElse(
                        input == DataFormat.LIBSVM || input.isImages()
                                ? DataFormat.PARQUET
                                : input);
    }

    @Override
    public void check() {
        output.requireUsable();
        saved = context.savedModel();
        DataSection data = configuration.data();
        saved.requireMissingAllowed(data.invalid());
        table = new TableReader(context.spark(), data).read(saved.model().numFeatures());
        columns =
                TableSettings.inData(
                        configuration, () -> TableSettings.columns(saved, table.schema(), data));
        scores = new Scores(saved, configuration.score().columns(), writer.isFlat());
        scores.requireUnused(table.schema());
        if (configuration.version().isPresent()
                && Arrays.stream(table.schema().fieldNames()).anyMatch(RUN_ID::equalsIgnoreCase)) {
            throw new DataException(
                    "the table already has a column \"%s\", which score adds with the run of the model; rename it"
                            .formatted(RUN_ID));
        }
        writer.requireWritable(table.schema());
    }

    @Override
    public Outcome run() {
        TableFacts facts =
                monitor.time("read", () -> TableSettings.inData(configuration, this::facts));
        context.stop().check();
        Dataset<Row> added = scores.of(table, columns, configuration.data().invalid());
        Dataset<Row> scored =
                configuration
                        .version()
                        .map(run -> added.withColumn(RUN_ID, functions.lit(run)))
                        .orElse(added);
        monitor.time(
                "write",
                () -> {
                    writer.write(scored);
                    return scored;
                });
        Lines lines = new Lines();
        lines.add("model", "%s", saved.model().describe());
        lines.add("rows", "%d scored, %d skipped", facts.rows(), facts.skipped());
        configuration.version().ifPresent(run -> lines.add("run", "%s", run));
        lines.add("columns", "%s", String.join(", ", scores.names()));
        lines.add("seconds", "%s", Lines.seconds(monitor.seconds()));
        lines.add("result", "%s, %s", output.result(), writer.format());
        return new Outcome(
                Json.object(
                        "model", saved.model().figures(),
                        "runId", configuration.version().orElse(null),
                        "rows", Json.object("scored", facts.rows(), "skipped", facts.skipped()),
                        "columns", scores.names(),
                        "seconds", monitor.seconds(),
                        "output", output.result(),
                        "format", writer.format().toString()),
                lines.toString());
    }

    /** Counts and checks all rows before anything is written, without row weights. */
    private TableFacts facts() {
        TableOptions options = TableSettings.whole(configuration).withWeight(null);
        TableFacts facts = BlockTable.check(table, columns, saved.scaling(), options);
        saved.requireWidth(facts.width());
        facts.warnings().stream()
                .filter(warning -> warning.contains("left out"))
                .forEach(LOG::warn);
        return facts;
    }
}
