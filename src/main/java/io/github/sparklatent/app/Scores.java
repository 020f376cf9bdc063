package io.github.sparklatent.app;

import io.github.sparklatent.cluster.FeatureColumns;
import io.github.sparklatent.learn.DataException;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The columns that scoring adds, behind those of the table. */
interface Scores {
    /** Names of the columns, in order. */
    List<String> names();

    /**
     * The table with the columns.
     *
     * @param columns that the model reads
     * @param skip whether rows that cannot be used are left out
     */
    Dataset<Row> of(Dataset<Row> table, FeatureColumns columns, boolean skip);

    /**
     * Checks that the table has none of these columns yet.
     *
     * @throws DataException that names the first it has
     */
    default void requireUnused(StructType schema) {
        for (String name : names()) {
            if (Arrays.stream(schema.fieldNames()).anyMatch(name::equalsIgnoreCase)) {
                throw new DataException(
                        "the table has a column \"%s\" already, which score.columns would add; rename it or leave it out of score.columns"
                                .formatted(name));
            }
        }
    }
}
