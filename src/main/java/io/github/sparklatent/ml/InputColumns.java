package io.github.sparklatent.ml;

import io.github.sparklatent.cluster.Placement;
import io.github.sparklatent.cluster.TableOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The columns that a model learns from: features and, where one is named, the weight. */
final class InputColumns {
    private InputColumns() {}

    /**
     * @throws io.github.sparklatent.learn.DataException for a column that does not exist or is of
     *     another type
     */
    static void check(RowParams<?> params, StructType schema) {
        Columns.requireFeatures(schema, params.getFeaturesCol());
        if (!params.getWeightCol().isEmpty()) {
            Columns.requireNumber(schema, "weight", params.getWeightCol());
        }
    }

    /** These columns alone. */
    static Dataset<Row> select(RowParams<?> params, Dataset<?> dataset) {
        List<Column> columns = new ArrayList<>();
        StructType schema = dataset.schema();
        columns.add(Columns.named(schema, "features", params.getFeaturesCol()));
        if (!params.getWeightCol().isEmpty()) {
            columns.add(Columns.named(schema, "weight", params.getWeightCol()));
        }
        return dataset.select(columns.toArray(Column[]::new));
    }

    /** How these columns are read into blocks to train on. */
    static TableOptions tableOptions(RowParams<?> params) {
        String weight = params.getWeightCol();
        return TableOptions.DEFAULT
                .withFeatures(List.of(params.getFeaturesCol()))
                .withWeight(weight.isEmpty() ? null : weight)
                .withPlacement(Placement.valueOf(params.getPlacement().toUpperCase(Locale.ROOT)))
                .withPartitions(params.getNumPartitions())
                .withPartitionsKey("numPartitions");
    }
}
