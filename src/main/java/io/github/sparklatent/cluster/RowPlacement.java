package io.github.sparklatent.cluster;

import static org.apache.spark.sql.functions.col;

import io.github.sparklatent.cluster.CheckedTable.ReadRows;
import io.github.sparklatent.cluster.reduce.Described;
import io.github.sparklatent.cluster.reduce.KeptRows;
import io.github.sparklatent.cluster.table.PartitionChoice;
import io.github.sparklatent.cluster.table.RepeatedRows;
import io.github.sparklatent.cluster.table.RepeatedRows.RepeatedRow;
import io.github.sparklatent.cluster.table.RowRecord;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.cluster.table.TableStatistics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.unsafe.hash.Murmur3_x86_32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of a table in their canonical place: the partition of their hash, sorted. They are shuffled and sorted when
 * they are first needed.
 */
final class RowPlacement {
    private static final Logger LOG = LoggerFactory.getLogger(RowPlacement.class);

    /** The seed of the hash by which Spark chooses partitions. */
    private static final int SPARK_SEED = 42;

    private static final Comparator<RowRecord> ORDER = Comparator.comparingLong(RowRecord::getHash)
            .thenComparing(RowRecord::getFeatures, RowPlacement::compare)
            .thenComparing(RowRecord::getWeight, RowPlacement::compare);

    private final JavaSparkContext context;
    private final ReadRows read;
    private final TableStatistics statistics;
    private final TableOptions options;
    private final PartitionChoice partitions;
    private Optional<JavaRDD<RowRecord>> shuffled = Optional.empty();
    private Partitions<RowRecord> rows;

    /**
     * Creates the placement without moving a row.
     *
     * @param read the rows of the table; released when they have been placed
     * @param partitions number of partitions; not used if rows stay where they are
     */
    RowPlacement(ReadRows read, TableStatistics statistics, TableOptions options, PartitionChoice partitions) {
        this.context = JavaSparkContext.fromSparkContext(read.session().sparkContext());
        this.read = read;
        this.statistics = statistics;
        this.options = options;
        this.partitions = partitions;
    }

    JavaSparkContext context() {
        return context;
    }

    /** Returns the placed rows, which are placed at the first call. */
    Partitions<RowRecord> rows() {
        if (rows == null) {
            boolean isHere = read.few().isPresent() && areAtOnce(partitions.number());
            rows = isHere
                    ? new Partitions.OnDriver<>(placeHere(read.few().get()))
                    : new Partitions.OnWorkers<>(Described.run(context, "table, rows placed", this::place));
            if (!isHere
                    && (options.isPlaced()
                            && Boolean.parseBoolean(read.session().conf().get("spark.sql.adaptive.enabled")))) {
                read.release();
            }
            if (options.trainedOn()) {
                LOG.info("partitions: {}", partitions());
            }
        }
        return rows;
    }

    /** Returns the number of partitions of the placed rows and the reason for it. */
    PartitionChoice partitions() {
        return options.isPlaced() ? partitions : new PartitionChoice(rows.number(), "those of the table");
    }

    /** Returns whether the driver, which keeps the results of all partitions at once, may work on so many. */
    boolean areAtOnce(int number) {
        return number
                <= Math.max(context.isLocal() ? 16 : 1, Runtime.getRuntime().availableProcessors());
    }

    /** Places the rows as Spark places them. */
    private List<List<RowRecord>> placeHere(List<RowRecord> few) {
        RepeatedRows repeated = RepeatedRows.of(statistics, partitions.number());
        List<RowRecord> sorted = new ArrayList<>();
        Iterator<RowRecord> present =
                few.stream().filter(row -> row.getFeatures() != null).iterator();
        (repeated.exist() ? repeated.combine(present) : present).forEachRemaining(sorted::add);
        sorted.sort(ORDER);
        List<List<RowRecord>> placed = Stream.<List<RowRecord>>generate(ArrayList::new)
                .limit(partitions.number())
                .toList();
        for (RowRecord row : sorted) {
            int hash = Murmur3_x86_32.hashLong(row.getHash(), SPARK_SEED);
            placed.get(Math.floorMod(hash, placed.size())).add(row);
        }
        return placed;
    }

    /** Compares numbers as Spark does: −0.0 equals 0.0. */
    private static int compare(double a, double b) {
        return a == b ? 0 : Double.compare(a, b);
    }

    private static int compare(double[] a, double[] b) {
        for (int j = 0; j < Math.min(a.length, b.length); j++) {
            int order = compare(a[j], b[j]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.length, b.length);
    }

    private JavaRDD<RowRecord> place() {
        if (!options.isPlaced()) {
            return read.present().toJavaRDD();
        }
        JavaRDD<RowRecord> placed = placeByHash();
        shuffled = Optional.of(placed);
        return placed;
    }

    private JavaRDD<RowRecord> placeByHash() {
        RepeatedRows repeated = RepeatedRows.of(statistics, partitions.number());
        if (!repeated.exist()) {
            return placed(read.present()).toJavaRDD();
        }
        MapPartitionsFunction<RowRecord, RepeatedRow> combine = repeated::combine;
        return placed(read.present().mapPartitions(combine, Encoders.bean(RepeatedRow.class)))
                .toJavaRDD()
                .map(row -> row);
    }

    private <R> Dataset<R> placed(Dataset<R> records) {
        return records.repartition(partitions.number(), col("hash")).sortWithinPartitions("hash", "features", "weight");
    }

    /** Releases what the rows were placed from, once they are not read from it again. */
    void releaseRead() {
        read.release();
    }

    /** Releases the kept rows of the table and the shuffle files. */
    void release() {
        read.release();
        shuffled.ifPresent(placed -> KeptRows.releaseShuffle(placed.rdd()));
        shuffled = Optional.empty();
    }
}
