package io.github.sparklatent.cluster;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.github.sparklatent.cluster.reduce.KeptRows;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.Gate;
import io.github.sparklatent.cluster.table.RowRecord;
import io.github.sparklatent.cluster.table.RowRoles;
import io.github.sparklatent.cluster.table.TableSample;
import io.github.sparklatent.cluster.table.TableStatistics;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;

/**
 * The rows of a table, which are read from the source once. Spark keeps them from the count until they are placed: as
 * bytes in the memory of the workers, and what does not fit on their disks. A part that is lost with its worker is read
 * again, which the fingerprints of the rows check.
 *
 * @param rows rows that are kept from the first job on
 * @param gate rows that are never trained on, or null
 */
record ReadRows(Dataset<RowRecord> rows, Gate gate) {
    SparkSession session() {
        return rows.sparkSession();
    }

    /** Returns all rows but those of the gate. */
    Dataset<RowRecord> all() {
        return gate == null ? rows : rows.filter(not(RowRoles.inGate(col("hash"), gate.fraction())));
    }

    /** Checks the table, if it has a gate. */
    void check(TableStatistics statistics, FeatureColumns columns) {
        if (gate != null) {
            gate.check(rows, TableSample.of(all(), statistics, columns));
        }
    }

    /**
     * Returns the rows that have features. Rows of null all have the same hash and would all be placed in one
     * partition.
     */
    Dataset<RowRecord> present() {
        return all().filter(col("features").isNotNull());
    }

    /** Releases the kept rows. Then rows that are needed again are read again. */
    void release() {
        KeptRows.release(rows);
    }
}
