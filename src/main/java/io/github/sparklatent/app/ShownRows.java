package io.github.sparklatent.app;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.xxhash64;

import io.github.sparklatent.cluster.RowRoles;
import io.github.sparklatent.cluster.TableOptions;
import io.github.sparklatent.ml.FeatureAssembler;
import java.util.List;
import org.apache.spark.ml.functions$;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.ejml.data.FMatrixRMaj;

/**
 * A few rows for a report, with their labels: held-out ones where there are any.
 *
 * @param name of the rows, as a sentence has it
 * @param rows n × d, as the model sees them
 * @param labels n; empty where the table has none
 */
record ShownRows(String name, FMatrixRMaj rows, List<String> labels) {
    /** Chosen by a hash of their content, so that every run shows the same. */
    static ShownRows of(TrainTables tables, FeatureAssembler assembler, boolean heldOut) {
        boolean ownTable = tables.holdout().isPresent();
        Dataset<Row> table = tables.holdout().orElse(tables.table());
        StructType schema = table.schema();
        TableOptions options =
                ownTable
                        ? TableSettings.whole(tables.configuration())
                        : TableSettings.forTraining(tables.configuration());
        var columns = ownTable ? tables.holdoutColumns() : tables.columns();
        String features = TableSettings.unusedName(schema, "features");
        Column label =
                tables.configuration()
                        .data()
                        .label()
                        .map(name -> TableSettings.column(name).cast(DataTypes.StringType))
                        .orElse(lit(null).cast(DataTypes.StringType));
        Column isHeldOut = RowRoles.heldOut(schema, columns, options);
        List<Row> found =
                assembler
                        .copy(ParamMap.empty())
                        .setOutputCol(features)
                        .setInvalid("skip")
                        .transform(table)
                        .where(
                                RowRoles.weight(schema, options)
                                        .gt(0)
                                        .and(
                                                ownTable
                                                        ? lit(true)
                                                        : heldOut ? isHeldOut : not(isHeldOut)))
                        .select(
                                label.as("label"),
                                functions$
                                        .MODULE$
                                        .vector_to_array(col(features), "float32")
                                        .as("features"))
                        .orderBy(xxhash64(col("features")), col("label"))
                        .limit(TrainJob.shown(assembler.width()))
                        .collectAsList();
        boolean labelled = tables.configuration().data().label().isPresent();
        return new ShownRows(
                heldOut ? "held-out rows" : "training rows",
                matrix(found, assembler.width()),
                labelled
                        ? found.stream().map(row -> String.valueOf(row.getString(0))).toList()
                        : List.of());
    }

    private static FMatrixRMaj matrix(List<Row> rows, int width) {
        FMatrixRMaj matrix = new FMatrixRMaj(rows.size(), width);
        for (int i = 0; i < rows.size(); i++) {
            List<Float> values = rows.get(i).getList(1);
            for (int j = 0; j < width; j++) {
                matrix.data[i * width + j] = values.get(j);
            }
        }
        return matrix;
    }
}
