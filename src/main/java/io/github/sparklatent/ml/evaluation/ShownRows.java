package io.github.sparklatent.ml.evaluation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.github.sparklatent.cluster.table.Invalid;
import io.github.sparklatent.cluster.table.RowRoles;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.ml.columns.FeatureAssembler;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.core.TrainingTables;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.functions$;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.ejml.data.FMatrixRMaj;

/**
 * A few rows for a report, with their labels.
 *
 * @param name name of the rows within a sentence
 * @param rows n × d, as the model reads them
 * @param labels label of each row, n entries; empty if the table has no label
 */
public record ShownRows(String name, FMatrixRMaj rows, List<String> labels) {
    /**
     * Greatest and least number of rows in a report, and the greatest number of values in all of
     * them.
     */
    private static final int MOST_SHOWN = 2000;

    private static final int LEAST_SHOWN = 50;
    private static final int NUMBERS_SHOWN = 1 << 20;

    /** Returns how many rows of a width are shown; wide rows are fewer. */
    public static int limit(int width) {
        return Math.max(LEAST_SHOWN, Math.min(MOST_SHOWN, NUMBERS_SHOWN / width));
    }

    /** Selects rows by a hash of their content, so that every run shows the same rows. */
    public static ShownRows of(TrainingTables tables, FeatureAssembler assembler, boolean heldOut) {
        Dataset<Row> table = table(tables, heldOut, 1);
        StructType schema = table.schema();
        String features = SchemaColumns.unused(schema, "features");
        Column label =
                Optional.ofNullable(tables.options().label())
                        .map(name -> SchemaColumns.column(name).cast(DataTypes.StringType))
                        .orElse(lit(null).cast(DataTypes.StringType));
        List<Row> found =
                assembler
                        .copy(ParamMap.empty())
                        .setOutputCol(features)
                        .setHandleInvalid(handling(tables))
                        .transform(table)
                        .select(
                                label.as("label"),
                                functions$
                                        .MODULE$
                                        .vector_to_array(col(features), "float32")
                                        .as("features"))
                        .orderBy(xxhash64(col("features")), col("label"))
                        .limit(limit(assembler.width()))
                        .collectAsList();
        boolean labelled = tables.options().label() != null;
        return new ShownRows(
                heldOut ? "held-out rows" : "training rows",
                matrix(found, assembler.width()),
                labelled
                        ? found.stream().map(row -> String.valueOf(row.getString(0))).toList()
                        : List.of());
    }

    /**
     * Returns the held-out rows of a training or the others, with all their columns.
     *
     * @param share expected share of these rows that are returned, or at least 1; which ones
     *     follows from their keys or content
     */
    static Dataset<Row> table(TrainingTables tables, boolean heldOut, double share) {
        boolean ownTable = heldOut && tables.holdout().isPresent();
        Dataset<Row> table = ownTable ? tables.holdout().get() : tables.table();
        StructType schema = table.schema();
        TableOptions options = ownTable ? tables.whole() : tables.options();
        var columns = ownTable ? tables.holdoutColumns() : tables.columns();
        Column isHeldOut = RowRoles.heldOut(schema, columns, options);
        return table.where(RowRoles.weight(schema, options).gt(0))
                .where(ownTable ? lit(true) : heldOut ? isHeldOut : not(isHeldOut))
                .where(RowRoles.sampled(RowRoles.hash(schema, columns, options), share));
    }

    /**
     * Returns all rows of a training table with a column that says which ones are held out.
     *
     * @param role name of this column
     * @param most expected number of rows of either kind that are returned at most
     */
    static Dataset<Row> table(TrainingTables tables, String role, double most, TableFacts facts) {
        StructType schema = tables.table().schema();
        TableOptions options = tables.options();
        Column isHeldOut = RowRoles.heldOut(schema, tables.columns(), options);
        Column hash = RowRoles.hash(schema, tables.columns(), options);
        Column isSampled =
                when(isHeldOut, RowRoles.sampled(hash, most / facts.holdoutRows()))
                        .otherwise(RowRoles.sampled(hash, most / facts.rows()));
        return tables.table()
                .where(RowRoles.weight(schema, options).gt(0))
                .where(isSampled)
                .withColumn(role, isHeldOut);
    }

    /**
     * Returns the number of held-out rows. Of a table of their own, rows that cannot be used count,
     * too.
     *
     * @param facts facts about the training table
     */
    static long heldOut(TrainingTables tables, TableFacts facts) {
        return tables.holdout().map(Dataset::count).orElse(facts.holdoutRows());
    }

    /** Returns how rows that cannot be used are handled: the training has left them out. */
    static String handling(TrainingTables tables) {
        boolean keeps = tables.options().invalid() == Invalid.KEEP;
        return (keeps ? Invalid.KEEP : Invalid.SKIP).toString();
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
