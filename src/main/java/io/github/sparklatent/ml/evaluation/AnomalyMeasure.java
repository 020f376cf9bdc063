package io.github.sparklatent.ml.evaluation;

import static org.apache.spark.sql.functions.col;

import io.github.sparklatent.cluster.table.RowRoles;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.core.EvaluationContext;
import io.github.sparklatent.ml.core.LatentModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.mllib.evaluation.BinaryClassificationMetrics;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Tuple3;

/**
 * Measures how well the anomaly score separates anomalous rows from the others: the area under the ROC curve, weights
 * counted. The label is 1 for anomalous rows and 0 for the others.
 */
public final class AnomalyMeasure {
    private AnomalyMeasure() {}

    /** Returns the area; empty if there is no label or it has values other than 0 and 1. */
    public static Optional<Double> of(LatentModel<?> model, EvaluationContext context) {
        return model.offers(ScoreColumn.ANOMALY)
                ? label(context.table(), context.options()).map(label -> area(model, context, label))
                : Optional.empty();
    }

    /** Returns the label as a number; empty if there is none or it has values other than 0 and 1. */
    public static Optional<Column> label(Dataset<Row> table, TableOptions options) {
        if (options.label() == null) {
            return Optional.empty();
        }
        Column label =
                SchemaColumns.column(options.label()).cast(DataTypes.StringType).try_cast(DataTypes.DoubleType);
        List<Row> values = table.select(label).distinct().limit(3).collectAsList();
        boolean binary = values.size() == 2
                && values.stream()
                        .allMatch(row -> !row.isNullAt(0) && (row.getDouble(0) == 0 || row.getDouble(0) == 1));
        return binary ? Optional.of(label) : Optional.empty();
    }

    private static double area(LatentModel<?> model, EvaluationContext context, Column label) {
        Dataset<Row> table = context.table();
        StructType schema = table.schema();
        String features = SchemaColumns.unused(schema, "latent_features");
        String anomaly = SchemaColumns.unused(schema, "latent_anomaly");
        Dataset<Row> assembled = context.assembler()
                .copy(ParamMap.empty())
                .setOutputCol(features)
                .setHandleInvalid(context.options().invalid().toString())
                .transform(table);
        LatentModel<?> scorer = model.withColumns(
                Map.of(model.comparedScore(), anomaly),
                features,
                context.options().invalid());
        Column weight = RowRoles.weight(schema, context.options());
        Dataset<Row> scored = scorer.transform(assembled).where(weight.gt(0)).select(col(anomaly), label, weight);
        return new BinaryClassificationMetrics(
                        scored.toJavaRDD()
                                .map(row -> new Tuple3<Object, Object, Object>(
                                        row.getDouble(0), row.getDouble(1), row.getDouble(2)))
                                .rdd(),
                        0)
                .areaUnderROC();
    }
}
