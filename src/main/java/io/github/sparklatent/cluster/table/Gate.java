package io.github.sparklatent.cluster.table;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Dataset;

/**
 * The rows of a table that no version of a model is trained on, because versions are compared on them.
 *
 * @param fraction share of the rows
 * @param check looks at the table before the training
 */
public record Gate(double fraction, Check check) {
    /** Minimum number of keys for a bootstrap interval with about its nominal confidence. */
    public static final int MIN_KEYS = 30;

    /** Looks at a table before the training. */
    public interface Check {
        /**
         * Looks at a table that has been counted.
         *
         * @param sample sample of the training rows
         * @param keys number of different keys of the rows of the gate, at most {@link #MIN_KEYS}
         * @param fingerprint fingerprint of the rows of the gate
         * @throws io.github.sparklatent.learn.DataException if the table must not be trained on
         */
        void of(TableSample sample, long keys, String fingerprint);
    }

    /** Checks a table that has been counted. */
    public void check(Dataset<RowRecord> table, TableSample sample) {
        Dataset<RowRecord> rows = table.filter(TableRows.inGate(col("hash"), fraction));
        check.of(
                sample,
                rows.select("hash").distinct().limit(MIN_KEYS).count(),
                TableRows.fingerprint(rows, col("hash"), col("features"), col("weight")));
    }
}
