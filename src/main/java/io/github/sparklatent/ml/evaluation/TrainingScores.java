package io.github.sparklatent.ml.evaluation;

import static org.apache.spark.sql.functions.col;

import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.Invalid;
import io.github.sparklatent.cluster.table.RowRoles;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.cluster.table.TableOptions;
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
import org.apache.spark.sql.types.StructType;

/**
 * The anomaly scores of the rows that a training has read, with which later rows are compared. If
 * many rows are held out, only these are used, because a model may give its training rows lower
 * scores than new rows. Few held-out rows would leave the tail to chance, so then all rows count.
 */
public final class TrainingScores {
    /** Held-out rows from which they are enough: a hundred of them are above the 99% quantile. */
    private static final long ENOUGH = 10_000;

    /** The most rows that are scored, as an expectation. */
    private static final double MOST = 1_000_000;

    private static final String FEATURES = "features";
    private static final String ANOMALY = "anomaly";

    private TrainingScores() {}

    /**
     * Returns the distribution of the scores.
     *
     * @param facts facts about the training table
     * @param model a model that offers {@link ScoreColumn#ANOMALY}. Not modified.
     */
    public static ScoreDistribution of(
            TrainingTables tables,
            TableFacts facts,
            FeatureAssembler assembler,
            LatentModel<?> model) {
        boolean onlyHeldOut = facts.holdoutRows() >= ENOUGH;
        double rows = onlyHeldOut ? facts.holdoutRows() : facts.rows() + facts.holdoutRows();
        LatentModel<?> scorer = model.withColumns(Map.of(ScoreColumn.ANOMALY, ANOMALY));
        scorer.setFeaturesCol(FEATURES);
        Dataset<Row> features =
                features(tables, onlyHeldOut, Math.min(1, MOST / rows), assembler, scorer);
        return KnownScores.of(scorer.transform(features).select(ANOMALY));
    }

    private static Dataset<Row> features(
            TrainingTables tables,
            boolean onlyHeldOut,
            double share,
            FeatureAssembler assembler,
            LatentModel<?> scorer) {
        TableOptions options = tables.options();
        FeatureColumns columns = tables.columns();
        Dataset<Row> table = tables.table();
        StructType schema = table.schema();
        // Otherwise a row would be an error that the training has left out.
        Invalid invalid = options.invalid() == Invalid.KEEP ? Invalid.KEEP : Invalid.SKIP;
        scorer.put(CommonKeys.INVALID.param(), invalid.toString());
        Dataset<Row> known =
                table.where(RowRoles.sampled(RowRoles.hash(schema, columns, options), share))
                        .where(RowRoles.weight(schema, options).gt(0));
        String name = SchemaColumns.unused(schema, FEATURES);
        return assembler
                .copy(ParamMap.empty())
                .setOutputCol(name)
                .setInvalid(invalid.toString())
                .transform(
                        onlyHeldOut
                                ? known.where(RowRoles.heldOut(schema, columns, options))
                                : known)
                .select(
                        Stream.concat(
                                        Stream.of(col(name).as(FEATURES)),
                                        scorer.furtherColumns().stream().map(SchemaColumns::column))
                                .toArray(Column[]::new));
    }
}
