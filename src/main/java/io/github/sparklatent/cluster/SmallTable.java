package io.github.sparklatent.cluster;

import io.github.sparklatent.cluster.reduce.Described;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Brings the rows of a small table to the driver, where a traversal needs no Spark job: its local form is a table whose
 * {@link Dataset#isLocal} is true. A job of a few rows takes longer than its work, above all the first ones of a
 * program.
 */
public final class SmallTable {
    /** Most partitions that are looked at. */
    private static final int PARTITIONS = 64;

    /** Files of a small table may be smaller by compression, or larger as texts. */
    private static final long FILES = 4;

    /** Nodes that a part of the rows can be read through without the others. */
    private static final Set<String> NARROW = Set.of("LogicalRDD", "Project", "Filter", "Union");

    private SmallTable() {}

    /**
     * Returns the table in its local form if it is small, else the table itself. A large table is recognised by the
     * estimate of its size, or by a job in which each task ends after few rows.
     *
     * @param bytes largest number of bytes of a small table; 0: no table is small
     */
    public static Dataset<Row> of(Dataset<Row> table, long bytes) {
        if (bytes == 0 || table.isLocal() || !mayBeSmall(table.queryExecution().optimizedPlan(), bytes)) {
            return table;
        }
        JavaRDD<Row> rows = table.toJavaRDD();
        int partitions = rows.getNumPartitions();
        if (partitions > PARTITIONS) {
            return table;
        }
        long most = Math.min(bytes, 2 * bytes / Math.max(1, partitions));
        List<List<Row>> read = Described.run(
                JavaSparkContext.fromSparkContext(rows.context()),
                "table, rows read",
                () -> rows.mapPartitions(part -> few(part, most)).collect());
        List<Row> all = read.stream().flatMap(List::stream).toList();
        return read.size() == partitions
                        && all.stream().mapToLong(SmallTable::bytes).sum() <= bytes
                ? table.sparkSession().createDataFrame(all, table.schema())
                : table;
    }

    private static boolean mayBeSmall(LogicalPlan plan, long bytes) {
        return plan.stats().sizeInBytes().bigInteger().bitLength() < Long.SIZE
                        && plan.stats().sizeInBytes().toLong() <= FILES * bytes
                || isNarrow(plan);
    }

    /** Returns whether the rows are those of an RDD, whose size nobody knows. */
    private static boolean isNarrow(LogicalPlan plan) {
        return NARROW.contains(plan.nodeName())
                && CollectionConverters.asJava(plan.children()).stream().allMatch(SmallTable::isNarrow);
    }

    /** Returns the rows of a partition as one list, or none if they are many. */
    private static Iterator<List<Row>> few(Iterator<Row> rows, long most) {
        List<Row> few = new ArrayList<>();
        long sum = 0;
        while (rows.hasNext() && sum <= most) {
            Row row = rows.next();
            few.add(row);
            sum += bytes(row);
        }
        return sum <= most ? List.of(few).iterator() : List.<List<Row>>of().iterator();
    }

    private static long bytes(Object value) {
        if (value instanceof Row row) {
            return IntStream.range(0, row.length())
                    .mapToLong(i -> bytes(row.get(i)))
                    .sum();
        }
        if (value instanceof scala.collection.Iterable<?> values) {
            long sum = 0;
            for (Object one : CollectionConverters.asJava(values)) {
                sum += bytes(one);
            }
            return sum;
        }
        if (value instanceof scala.Product entry) { // of a map
            return bytes(entry.productElement(0)) + bytes(entry.productElement(1));
        }
        return value instanceof String text
                ? text.length()
                : value instanceof byte[] bytes
                        ? bytes.length
                        : value instanceof Vector vector ? (long) vector.size() * Double.BYTES : Double.BYTES;
    }
}
