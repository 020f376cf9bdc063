package io.github.sparklatent.app.job;

import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.core.SampledRows;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of a table that a job uses.
 *
 * @param key key of the condition, for messages
 * @param text a condition of Spark SQL; empty: all rows
 */
public record Condition(String key, Optional<String> text) {
    /** Number of rows that the condition is tried on. */
    private static final int FIRST = 1000;

    /**
     * Returns the rows for which the condition holds.
     *
     * @throws UsageException if Spark cannot read it
     */
    public Dataset<Row> of(Dataset<Row> table) {
        return text.map(condition -> SampledRows.filter(table, key, condition)).orElse(table);
    }

    /** Requires that the condition can be evaluated in the first rows of a table. */
    void requireReadable(Dataset<Row> table) {
        Dataset<Row> first = of(table.limit(FIRST));
        try {
            text.ifPresent(condition -> first.count());
        } catch (Exception e) { // includes Spark's undeclared checked exceptions
            throw new UsageException(
                    "%s is \"%s\", which fails in the first rows: %s; a column of texts, as all of csv are, is a number by try_cast(NAME as double)"
                            .formatted(key, text.get(), ExitCodes.reason(e)));
        }
    }

    /** Requires that the condition holds for some of the rows. */
    void requireRows(Dataset<Row> selected) {
        if (text.isPresent() && selected.isEmpty()) {
            throw new DataException("%s is \"%s\", which holds for no row of the table".formatted(key, text.get()));
        }
    }
}
