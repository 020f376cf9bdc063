package io.github.sparklatent.ml.synthesis;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.metrics.synthesis.ComparedRows;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.ejml.data.DMatrixRMaj;

/** Brings some rows of tables to the driver, where they are compared. */
public final class ComparedTables {
    private ComparedTables() {}

    /** Returns the number of levels of each feature; 0 for numbers. */
    public static int[] levels(List<Feature> features) {
        return features.stream().mapToInt(feature -> feature.levels().size()).toArray();
    }

    /**
     * Returns rows of a table: all, or those with the smallest hashes of their content. The choice does not depend on
     * how the rows are distributed.
     *
     * @param role what the rows are, a constant that differs for each table that is compared
     * @param name name of the table in messages
     * @param columns columns of the table, with categories as codes
     * @param most greatest number of rows
     * @throws DataException if the table has no row, or a number is infinite
     */
    public static ComparedRows of(
            String role, String name, Dataset<Row> table, FeatureColumns columns, int[] levels, int most) {
        List<Row> rows = table.select(columns.numbers().as("numbers"))
                .where(col("numbers").isNotNull())
                // With one hash for all tables, a chosen row would come with its copies
                // in the others.
                .orderBy(xxhash64(col("numbers"), lit(role)), col("numbers"))
                .limit(most)
                .collectAsList();
        if (rows.isEmpty()) {
            throw new DataException(name + " has no rows to compare, expected at least one");
        }
        DMatrixRMaj cells = new DMatrixRMaj(rows.size(), levels.length);
        for (int i = 0; i < cells.numRows; i++) {
            List<Double> numbers = rows.get(i).getList(0);
            if (numbers.size() != levels.length) {
                throw new DataException("%s has a row of %d numbers, expected %d (those of the model)"
                        .formatted(name, numbers.size(), levels.length));
            }
            for (int j = 0; j < levels.length; j++) {
                cells.set(i, j, numbers.get(j));
            }
        }
        try {
            return new ComparedRows(levels, cells);
        } catch (IllegalArgumentException e) {
            throw new DataException(name + ": " + e.getMessage(), e);
        }
    }
}
