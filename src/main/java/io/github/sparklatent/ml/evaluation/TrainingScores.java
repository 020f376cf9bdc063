package io.github.sparklatent.ml.evaluation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.github.sparklatent.cluster.table.RowRoles;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.ml.anomaly.KnownScores;
import io.github.sparklatent.ml.anomaly.ScoreDistribution;
import io.github.sparklatent.ml.columns.FeatureAssembler;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.TrainingTables;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * The anomaly scores of the rows that a training has read, with which later rows are compared.
 * {@link KnownScores} says when these are the held-out rows alone.
 */
public final class TrainingScores {
    /** The most rows that are scored of either kind, as an expectation. */
    private static final long MOST = 1_000_000;

    private static final String ANOMALY = "anomaly";

    private final TrainingTables tables;
    private final FeatureAssembler assembler;
    private final LatentModel<?> scorer;
    private final String features;
    private final String weight;

    private TrainingScores(
            TrainingTables tables, FeatureAssembler assembler, LatentModel<?> model) {
        this.tables = tables;
        this.features = SchemaColumns.unused(tables.table().schema(), "latent_features");
        this.weight = SchemaColumns.unused(tables.table().schema(), "latent_weight");
        // Rows that cannot be used would otherwise be errors that the training has left out.
        String invalid = ShownRows.handling(tables);
        this.assembler =
                assembler.copy(ParamMap.empty()).setOutputCol(features).setInvalid(invalid);
        this.scorer = model.withColumns(Map.of(ScoreColumn.ANOMALY, ANOMALY));
        scorer.setFeaturesCol(features);
        scorer.put(CommonKeys.INVALID.param(), invalid);
    }

    /**
     * Returns the distribution of the scores.
     *
     * @param facts facts about the training table
     * @param model a model that offers {@link ScoreColumn#ANOMALY}. Not modified.
     * @param alertRate share of the rows that are to be anomalies, between 0 and 1
     */
    public static ScoreDistribution of(
            TrainingTables tables,
            TableFacts facts,
            FeatureAssembler assembler,
            LatentModel<?> model,
            double alertRate) {
        TrainingScores scores = new TrainingScores(tables, assembler, model);
        boolean areEnough = KnownScores.areEnough(Math.min(MOST, facts.holdoutRows()), alertRate);
        return areEnough || tables.holdout().isPresent()
                ? scores.ofHeldOutFirst(facts, alertRate)
                : scores.ofOneTable(facts, alertRate);
    }

    /** Reads other rows only if the held-out rows are too few. */
    private ScoreDistribution ofHeldOutFirst(TableFacts facts, double alertRate) {
        KnownScores ofHeldOut = ofRows(true, ShownRows.heldOut(tables, facts));
        KnownScores ofOthers =
                KnownScores.areEnough(ofHeldOut.rows(), alertRate)
                        ? KnownScores.of()
                        : ofRows(false, facts.rows());
        return ofOthers.with(ofHeldOut, alertRate);
    }

    private KnownScores ofRows(boolean heldOut, long rows) {
        double share = (double) MOST / rows;
        return KnownScores.of(
                scored(ShownRows.table(tables, heldOut, share)).select(ANOMALY, weight));
    }

    /** Reads the table once for both kinds of rows. */
    private ScoreDistribution ofOneTable(TableFacts facts, double alertRate) {
        String role = SchemaColumns.unused(tables.table().schema(), "latent_heldOut");
        Dataset<Row> scores =
                scored(ShownRows.table(tables, role, MOST, facts), col(role))
                        .select(ANOMALY, weight, role)
                        .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            KnownScores ofHeldOut = KnownScores.of(scores.where(col(role)).select(ANOMALY, weight));
            KnownScores ofOthers =
                    KnownScores.of(scores.where(not(col(role))).select(ANOMALY, weight));
            return ofOthers.with(ofHeldOut, alertRate);
        } finally {
            scores.unpersist();
        }
    }

    private Dataset<Row> scored(Dataset<Row> table, Column... kept) {
        Column ofRow = RowRoles.weight(table.schema(), tables.options()).as(weight);
        Column[] used =
                Stream.of(
                                Stream.of(col(features)),
                                scorer.furtherColumns().stream().map(SchemaColumns::column),
                                Stream.of(ofRow),
                                Stream.of(kept))
                        .flatMap(columns -> columns)
                        .toArray(Column[]::new);
        return scorer.transform(assembler.transform(table).select(used));
    }
}
