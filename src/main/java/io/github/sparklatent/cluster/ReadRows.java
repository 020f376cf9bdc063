package io.github.sparklatent.cluster;

import static org.apache.spark.sql.functions.col;

import io.github.sparklatent.cluster.table.RowRecord;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * The rows of a table, which are read from the source once. Spark keeps them from the census until they are placed: as
 * bytes in the memory of the workers, and what does not fit on their disks. A part that is lost with its worker is read
 * again, which the fingerprints of the rows check.
 */
final class ReadRows {
    private final Dataset<RowRecord> rows;

    ReadRows(Dataset<RowRecord> rows) {
        this.rows = rows;
    }

    SparkSession session() {
        return rows.sparkSession();
    }

    /** Returns all rows, and keeps them from the first job on. */
    Dataset<RowRecord> all() {
        return rows.persist(StorageLevel.MEMORY_AND_DISK());
    }

    /**
     * Returns the rows that have features. Rows of null all have the same hash and would all be placed in one
     * partition.
     */
    Dataset<RowRecord> present() {
        return rows.filter(col("features").isNotNull());
    }

    /** Releases the kept rows. Then rows that are needed again are read again. */
    void release() {
        rows.unpersist(false);
    }
}
