package io.github.sparklatent.app;

import io.github.sparklatent.config.DataSection;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.SampleSection;
import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.cluster.FeatureColumns;
import io.github.sparklatent.cluster.Scaling;
import io.github.sparklatent.cluster.TableFacts;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.FeatureAssembler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** A model that was saved: what it is, how it reads a table, and what the jobs do with it. */
interface SavedModel {
    /** Its type. */
    ModelType type();

    /** The directory it lies in. */
    String path();

    /** The stage before it; empty for a model that was saved without a pipeline. */
    Optional<FeatureAssembler> assembler();

    /** Numbers of a row. */
    int width();

    /** What it is, as in {@code metrics.json}. */
    Map<String, Object> figures();

    /** What it is, in a few words. */
    String describe();

    /**
     * The columns that scoring adds.
     *
     * @param flat whether the format has numbers and texts only
     */
    Scores scores(List<ScoreColumn> asked, boolean flat);

    /**
     * Measures the model on all rows of a table.
     *
     * @param plan by which rows are compared with what the model makes of them, if it is a network
     */
    Measured measure(
            JobContext context,
            Phases phases,
            Dataset<Row> table,
            FeatureColumns columns,
            ComparisonPlan plan);

    /**
     * @param asked the component to draw rows of
     * @param components of the model
     * @throws UsageException where it has none of that number
     */
    default void requireComponent(Optional<Integer> asked, int components) {
        if (asked.isPresent() && asked.get() >= components) {
            throw new UsageException(
                    "sample.component is %d, expected 0 to %d: the model at \"%s\" has %s"
                            .formatted(
                                    asked.get(),
                                    components - 1,
                                    path(),
                                    Lines.count(components, "component")));
        }
    }

    /**
     * Rows drawn from the model, not drawn yet.
     *
     * @param flat whether the format has numbers and texts only
     * @throws UsageException where the model cannot be drawn from as it is asked for
     */
    Draw draw(JobContext context, boolean flat);

    /** What there is to say of the model itself and of its training. */
    Inspection inspect();

    /**
     * What measuring found.
     *
     * @param warnings about table and labels, as sentences
     * @param measures by name, those of the comparison among them
     */
    record Measured(
            TableFacts facts,
            List<String> warnings,
            Scaling scaling,
            Map<String, Object> measures,
            Comparison comparison) {}

    /** Rows to be drawn. */
    interface Draw {
        /** The rows, in the columns and units of the table that the model was trained on. */
        Dataset<Row> rows(SampleSection section);

        /** What they are drawn from, as a person reads it. */
        String of();
    }

    /**
     * A model as {@code inspect} prints it.
     *
     * @param figures beside path, columns and scale
     * @param lines the same for people
     */
    record Inspection(Map<String, Object> figures, Lines lines) {}

    /** How rows are scaled before the model sees them. */
    default Scaling scaling() {
        return assembler().map(FeatureAssembler::scaling).orElse(Scaling.none());
    }

    /** Names of the columns the model was trained on; empty where it does not say. */
    default List<String> inputColumns() {
        return assembler().map(stage -> List.of(stage.getInputCols())).orElse(List.of());
    }

    /**
     * The columns of a table that the model reads.
     *
     * @param data names them where the model does not
     * @throws DataException where the table lacks one, or it is no number
     */
    default FeatureColumns columns(StructType schema, DataSection data) {
        return assembler().isPresent()
                ? FeatureColumns.resolve(schema, inputColumns(), Set.of())
                : TableSettings.columns(schema, data);
    }

    /**
     * The stage that makes the features out of a table.
     *
     * @param columns of {@link #columns}
     */
    default FeatureAssembler assembler(FeatureColumns columns) {
        return assembler()
                .map(stage -> stage.copy(ParamMap.empty()))
                .orElseGet(
                        () -> new FeatureAssembler("assembler", columns, Scaling.none(), width()));
    }

    /**
     * Checks the width of rows.
     *
     * @throws DataException where it is not that of the model
     */
    default void requireWidth(int found) {
        if (found != width()) {
            throw new DataException(
                    "the rows have %d numbers, expected %d (the width the model at \"%s\" was fitted on)"
                            .formatted(found, width(), path()));
        }
    }
}
