package io.github.sparklatent.ml.core;

import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.RowNumbers;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.columns.TableForm;
import io.github.sparklatent.scoring.BatchScorer;
import io.github.sparklatent.scoring.ExplainedColumn;
import io.github.sparklatent.scoring.ReferenceRows;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The way from the rows of a table to their scores, in one pass over each partition. The cells of a row become numbers,
 * which are checked and scaled; the model scores a batch of rows; their scores are compared with those of the reference
 * rows, which gives severities and anomalies; and rows are explained by their columns.
 *
 * @param model scores features. Not modified.
 * @param form makes the features, and has the reference rows if scores are compared
 * @param invalid handling of rows that cannot be used
 * @param drift how all rows, also those that cannot be used, are compared with the training rows; null: they are not
 */
public record Scoring(LatentModel<?> model, TableForm form, Invalid invalid, Drift.Observed drift) {
    /** Creates a scoring that does not compare the rows with the training rows. */
    public Scoring(LatentModel<?> model, TableForm form, Invalid invalid) {
        this(model, form, invalid, null);
    }

    /** Checks that the rows can be handled so. */
    public Scoring {
        Require.that(
                invalid != Invalid.KEEP || form.scaling().kind() != Scale.UNIT,
                "handleInvalid is keep, but rows are scaled to unit length, which needs every value: must be error or skip");
    }

    /**
     * Adds columns to the rows of a table. Rows that cannot be used are left out, unless they are errors.
     *
     * @throws io.github.sparklatent.learn.DataException if the model cannot read the table, or if the table has one of
     *     the columns
     */
    public Dataset<Row> add(Dataset<?> rows, OutputColumns added) {
        StructType schema = rows.schema();
        SchemaColumns.requireCarried(schema);
        RowNumbers.Cells cells = new RowNumbers.Cells(schema);
        FeatureColumns columns = form.columns(schema, model.getFeaturesCol());
        columns.width().ifPresent(found -> RowScorer.Features.requireWidth(columns, found, model.numFeatures()));
        Set<ScoreColumn> names = added.names().keySet();
        Set<ScoreColumn> ofModel = EnumSet.noneOf(ScoreColumn.class);
        names.stream().filter(ScoreColumn::isOfModel).forEach(ofModel::add);
        if (added.isCompared()) {
            ofModel.add(ScoreColumn.ANOMALY);
            ofModel.add(model.comparedScore());
        }
        if (form.known() == null && names.stream().anyMatch(ScoreColumn::isOfAnomaly)) {
            throw unknown();
        }
        RowScorer.Features features = features(columns, cells);
        Drift.Counter counter = drift == null
                ? null
                : Drift.Counter.of(drift.saved(), columns, features.numbers(), cells, drift.weight());
        RowScorer scorer = new RowScorer(
                model.scorer(rows.sparkSession()),
                ofModel,
                features,
                counter,
                model.furtherColumns().stream()
                        .mapToInt(name -> SchemaColumns.index(schema, "group", name))
                        .toArray(),
                schema.length(),
                added,
                form.reference().orElse(ReferenceRows.of(null)),
                model.comparedScore(),
                names.contains(ScoreColumn.CONTRIBUTIONS)
                        ? explained(
                                rows.sparkSession(),
                                columns,
                                cells,
                                schema.length() + added.place(ScoreColumn.CONTRIBUTIONS))
                        : null);
        StructType out = added.append(schema, model);
        if (counter == null) {
            return passed(rows.toDF(), cells, scorer, out);
        }
        String counts = SchemaColumns.unused(out, "latent_counts");
        Dataset<Row> scored = passed(rows.toDF(), cells, scorer, out.add(counts, Drift.COUNTS, true));
        return SchemaColumns.select(
                drift.observe()
                        .apply(scored, counter.sum(rows.sparkSession(), counts))
                        .where(SchemaColumns.column(counts).isNull()),
                out);
    }

    private static Dataset<Row> passed(Dataset<Row> rows, RowNumbers.Cells cells, RowScorer scorer, StructType out) {
        Dataset<Row> read = cells.areOfTable() ? rows : rows.select(cells.columns());
        return SchemaColumns.select(read.mapPartitions(scorer, Encoders.row(out)), out);
    }

    static IllegalStateException unknown() {
        return new IllegalStateException(
                "severities need the anomaly scores of the training rows, which this model does not have; set one of them before the fit");
    }

    /** Adds the features alone, in a column of vectors. */
    public static Dataset<Row> features(TableForm form, Invalid invalid, Dataset<Row> rows, String name) {
        RowNumbers.Cells cells = new RowNumbers.Cells(rows.schema());
        FeatureColumns columns = form.columns(rows.schema(), name);
        int width = form.width();
        OutputColumns added = OutputColumns.of(Map.of()).withFeatures(name);
        RowScorer scorer = new RowScorer(
                ofModel -> new NoScores(width),
                Set.of(),
                new RowScorer.Features(columns, columns.numbers(cells), form.scaling(), width, invalid),
                null,
                new int[0],
                rows.schema().length(),
                added,
                ReferenceRows.of(null),
                ScoreColumn.ANOMALY,
                null);
        return passed(rows, cells, scorer, added.append(rows.schema(), width, 0, 0));
    }

    /** Computes nothing. */
    private record NoScores(int width) implements BatchScorer {
        @Override
        public int height() {
            return 1;
        }

        @Override
        public void score(double[] rows, int n) {}

        @Override
        public Object value(ScoreColumn column, int row) {
            throw new IllegalArgumentException("no scores are computed");
        }
    }

    private RowScorer.Features features(FeatureColumns columns, RowNumbers.Cells cells) {
        boolean isComplete = invalid == Invalid.KEEP && !model.allowsMissing();
        return new RowScorer.Features(
                columns,
                columns.numbers(cells),
                form.scaling(),
                model.numFeatures(),
                isComplete ? Invalid.ERROR : invalid);
    }

    private RowScorer.Explained explained(
            SparkSession spark, FeatureColumns columns, RowNumbers.Cells cells, int place) {
        model.noExplanationBecause().ifPresent(reason -> {
            throw new UnsupportedOperationException("contributionsCol is set, but the model " + reason);
        });
        List<ExplainedColumn> parts = ExplainedColumn.of(columns.encoders(), columns.columns(), model.numFeatures());
        boolean areVectors = columns.encoders().isEmpty() && !columns.areNumbers();
        int[] texts = parts.stream()
                .mapToInt(part -> areVectors ? -1 : cells.text(part.name()).orElse(-1))
                .toArray();
        return new RowScorer.Explained(model.explainer(spark), parts, texts, place);
    }
}
