package io.github.sparklatent.ml.mixture.grouped;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udaf;

import io.github.sparklatent.ml.evaluation.ExactSum;
import java.util.List;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * The groups that have too few rows or a null as a key, and so the model of all rows. There may be millions of them, so
 * the driver and the saved model have their totals only. The result of the training has a row for each of them, which
 * the executors write.
 *
 * @param totals totals of the groups by their reason, in alphabetical order
 */
record SmallGroups(List<Totals> totals) {
    SmallGroups {
        totals = List.copyOf(totals);
    }

    /**
     * The totals of the groups with one reason.
     *
     * @param fallback the reason
     * @param groups number of groups
     * @param rows number of their training rows
     * @param weight total weight of these rows
     */
    record Totals(String fallback, long groups, long rows, double weight) {}

    /** Returns a condition on a row of {@link GroupTable}: that its group is small. */
    static Column isSmall() {
        Column reason = col("fallback");
        return reason.isNotNull().and(reason.isin(Fallback.FEW_ROWS.toString(), Fallback.NULL_KEY.toString()));
    }

    /** Returns the totals of rows of {@link GroupTable}. */
    static SmallGroups of(Dataset<Row> groups) {
        return of(groups.where(isSmall())
                .groupBy("fallback")
                .agg(
                        count("*"),
                        sum("rows"),
                        udaf(new ExactSum(), Encoders.DOUBLE()).apply(col("weight")))
                .orderBy("fallback")
                .collectAsList());
    }

    private static SmallGroups of(List<Row> rows) {
        return new SmallGroups(rows.stream()
                .map(row -> new Totals(row.getString(0), row.getLong(1), row.getLong(2), row.getDouble(3)))
                .toList());
    }

    /** Returns the number of groups. */
    long groups() {
        return total(Totals::groups);
    }

    /** Returns the number of training rows. */
    long rows() {
        return total(Totals::rows);
    }

    private long total(ToLongFunction<Totals> number) {
        return totals.stream().mapToLong(number).sum();
    }

    /** Returns the total weight of the training rows. */
    double weight() {
        return totals.stream().mapToDouble(Totals::weight).sum();
    }
}
