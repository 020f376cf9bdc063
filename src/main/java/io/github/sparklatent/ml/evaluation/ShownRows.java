package io.github.sparklatent.ml.evaluation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.columns.TableForm;
import io.github.sparklatent.ml.core.Scoring;
import io.github.sparklatent.ml.core.TrainingTables;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.functions$;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.ejml.data.FMatrixRMaj;

/**
 * A few rows for a report, with their labels.
 *
 * @param name name of the rows within a sentence
 * @param rows n × d, as the model reads them
 * @param labels label of each row, n entries; empty if the table has no label
 */
public record ShownRows(String name, FMatrixRMaj rows, List<String> labels) {
    /** Greatest and least number of rows in a report, and the greatest number of values in all of them. */
    private static final int MAX_SHOWN = 2000;

    /** The rows that the shown ones are selected from, as an expectation. */
    private static final double MAX_READ = 1e6;

    private static final int MIN_SHOWN = 50;
    private static final int NUMBERS_SHOWN = 1 << 20;

    /** Returns how many rows of a width are shown; wide rows are fewer. */
    public static int limit(int width) {
        return Math.max(MIN_SHOWN, Math.min(MAX_SHOWN, NUMBERS_SHOWN / width));
    }

    /** Selects rows by a hash of their content, so that every run shows the same rows. */
    public static ShownRows of(TrainingTables tables, TableFacts facts, TableForm form, boolean heldOut) {
        Column label = Optional.ofNullable(tables.options().label())
                .map(name -> SchemaColumns.column(name).cast(DataTypes.StringType))
                .orElse(lit(null).cast(DataTypes.StringType));
        Dataset<Row> table =
                tables.rows(heldOut, MAX_READ / (heldOut ? tables.heldOut(facts) : facts.rows()), facts, label);
        String features = SchemaColumns.unused(table.schema(), "features");
        List<Row> found = Scoring.features(form, tables.usable(), table, features)
                .select(
                        label.as("label"),
                        functions$
                                .MODULE$
                                .vector_to_array(col(features), "float32")
                                .as("features"))
                .orderBy(xxhash64(col("features")), col("label"))
                .limit(limit(form.width()))
                .collectAsList();
        boolean labelled = tables.options().label() != null;
        return new ShownRows(
                heldOut ? "held-out rows" : "training rows",
                matrix(found, form.width()),
                labelled
                        ? found.stream()
                                .map(row -> String.valueOf(row.getString(0)))
                                .toList()
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
