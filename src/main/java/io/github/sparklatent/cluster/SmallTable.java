package io.github.sparklatent.cluster;

import io.github.sparklatent.cluster.reduce.Described;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset$;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.QueryExecution;
import scala.Option;
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
     * estimate of its size, or by a job in which each task ends after few rows. A table that is local already is
     * returned as it is, whatever its size.
     *
     * @param bytes largest number of bytes of a small table, as Spark keeps rows; 0: no table is small
     */
    @SuppressWarnings("unchecked") // Java sees no types in the output of a plan
    public static Dataset<Row> of(Dataset<Row> table, long bytes) {
        QueryExecution query = table.queryExecution();
        if (bytes == 0 || table.isLocal() || !mayBeSmall(query.optimizedPlan(), bytes)) {
            return table;
        }
        SparkSession spark = (SparkSession) table.sparkSession();
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        return Described.run(
                        context, "table, rows read", () -> few(query.toRdd().toJavaRDD(), bytes))
                .<Dataset<Row>>map(rows -> Dataset$.MODULE$.ofRows(
                        spark,
                        new LocalRelation(
                                query.analyzed().output(),
                                CollectionConverters.asScala(rows).toSeq(),
                                false,
                                Option.empty())))
                .orElse(table);
    }

    /** Returns whether a table is local and small, so that it is known without a Spark job. */
    public static boolean isHere(Dataset<?> table, long bytes) {
        if (!(table.queryExecution().analyzed() instanceof LocalRelation local)) {
            return false;
        }
        List<InternalRow> rows = CollectionConverters.asJava(local.data());
        boolean isKept = rows.isEmpty() || rows.get(0) instanceof UnsafeRow; // else code is compiled for it
        UnsafeProjection kept = isKept ? null : UnsafeProjection.create(table.schema());
        return rows.stream()
                        .mapToLong(row -> bytes(isKept ? row : kept.apply(row)))
                        .sum()
                <= bytes;
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

    /** Returns the rows if they are few. */
    private static Optional<List<InternalRow>> few(JavaRDD<InternalRow> rows, long bytes) {
        int partitions = rows.getNumPartitions();
        if (partitions > PARTITIONS) {
            return Optional.empty();
        }
        long most = Math.min(bytes, 2 * bytes / Math.max(1, partitions));
        List<List<InternalRow>> read =
                rows.mapPartitions(part -> few(part, most)).collect();
        List<InternalRow> all = read.stream().flatMap(List::stream).toList();
        boolean isSmall = read.size() == partitions
                && all.stream().mapToLong(SmallTable::bytes).sum() <= bytes;
        return isSmall ? Optional.of(all) : Optional.empty();
    }

    /** Returns the rows of a partition as one list, or none if they are many. */
    private static Iterator<List<InternalRow>> few(Iterator<InternalRow> rows, long most) {
        List<InternalRow> few = new ArrayList<>();
        long sum = 0;
        while (rows.hasNext() && sum <= most) {
            few.add(rows.next().copy()); // Spark uses one row for all
            sum += bytes(few.get(few.size() - 1));
        }
        return sum <= most
                ? List.of(few).iterator()
                : List.<List<InternalRow>>of().iterator();
    }

    /** Returns the bytes of a row as the plans of Spark make rows. */
    private static long bytes(InternalRow row) {
        return ((UnsafeRow) row).getSizeInBytes();
    }
}
