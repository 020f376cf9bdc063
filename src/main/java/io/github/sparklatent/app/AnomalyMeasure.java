package io.github.sparklatent.app;

import static org.apache.spark.sql.functions.col;

import io.github.sparklatent.config.InvalidRows;
import io.github.sparklatent.config.JobConfiguration;
import io.github.sparklatent.cluster.FeatureColumns;
import java.util.List;
import java.util.Optional;
import org.apache.spark.mllib.evaluation.BinaryClassificationMetrics;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * How well the anomaly score finds the rows that a label calls strange: the area under the ROC
 * curve, where the label is 1 for these and 0 for the others.
 */
final class AnomalyMeasure {
    private final SavedNetwork model;
    private final JobConfiguration configuration;

    AnomalyMeasure(SavedNetwork model, JobConfiguration configuration) {
        this.model = model;
        this.configuration = configuration;
    }

    /** The area; nothing where there is no label or it has other values than 0 and 1. */
    Optional<Double> of(Dataset<Row> table, FeatureColumns columns) {
        if (configuration.data().label().isEmpty()) {
            return Optional.empty();
        }
        Column label =
                TableSettings.column(configuration.data().label().get())
                        .cast(DataTypes.StringType)
                        .try_cast(DataTypes.DoubleType);
        List<Row> values = table.select(label).distinct().limit(3).collectAsList();
        boolean binary =
                values.size() == 2
                        && values.stream()
                                .allMatch(
                                        row ->
                                                !row.isNullAt(0)
                                                        && (row.getDouble(0) == 0
                                                                || row.getDouble(0) == 1));
        if (!binary) {
            return Optional.empty();
        }
        StructType schema = table.schema();
        String features = TableSettings.unusedName(schema, "network_features");
        String anomaly = TableSettings.unusedName(schema, "network_anomaly");
        Dataset<Row> assembled =
                model.assembler(columns)
                        .setOutputCol(features)
                        .setInvalid(
                                configuration.data().invalid() == InvalidRows.SKIP
                                        ? "skip"
                                        : "error")
                        .transform(table);
        Dataset<Row> scored =
                model.withOnly(features, anomaly).transform(assembled).select(col(anomaly), label);
        return Optional.of(
                new BinaryClassificationMetrics(
                                scored.toJavaRDD()
                                        .map(
                                                row ->
                                                        new Tuple2<Object, Object>(
                                                                row.getDouble(0), row.getDouble(1)))
                                        .rdd())
                        .areaUnderROC());
    }
}
