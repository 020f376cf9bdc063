package io.github.sparklatent.cluster.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.shiftrightunsigned;

import io.github.sparklatent.cluster.reduce.Described;
import io.github.sparklatent.cluster.table.RepeatedRows.RepeatedRow;
import io.github.sparklatent.columns.UsableNumbers;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import scala.Tuple2;

/**
 * Statistics of the encoded rows of a table: of the training rows, of the held-out rows, and of the rows that no model
 * can use. They are computed in one traversal before training, and do not depend on the order in which parts are
 * merged. Merging modifies one of the two parts; this is safe because each part comes from a task or a serialiser and
 * is never cached.
 */
public final class TableStatistics implements Serializable {
    /** Number of counts of rows by their fingerprints. */
    static final int BUCKETS = 1 << 11;

    private static final int BUCKET_BITS = Integer.numberOfTrailingZeros(BUCKETS);

    private transient HoldoutRule rule;
    private final Part train = new Part();
    private final Part heldOut = new Part();

    /** The rows with an unusable number or without a weight. */
    private final Part leftOut = new Part();

    final long[] weightFlaws = new long[WeightFlaw.values().length];
    long nullRows;
    long weightless;

    /** Number of rows without a key. */
    long keyless;

    /** Numbers of training and held-out rows by {@link #bucket} of their hashes, to find keys of many rows. */
    private final long[] keys = new long[BUCKETS];

    /** Numbers of training and held-out rows by {@link #bucket}, to find rows that are repeated. */
    final long[] buckets = new long[BUCKETS];

    private int leastWidth = Integer.MAX_VALUE;
    private int greatestWidth = -1;

    /** Statistics of some of the rows. The fields are for reading only. */
    public static final class Part implements Serializable {
        public long rows;

        /** Sum of the fingerprints of the rows. */
        public long fingerprint;

        /** Number of rows of which some values are missing or unusable. */
        public long incomplete;

        /** Number of rows in which a number is null or NaN; one count for each number of a row. */
        public long[] missing = {};

        /** Number of rows in which a number is infinite, or beyond {@link UsableNumbers#GREATEST}; empty if none is. */
        long[] infinite = {};

        long[] huge = {};
        public double[] least = {};
        public double[] greatest = {};

        private void add(double[] x, long own, long times) {
            rows += times;
            fingerprint += own * times;
            if (x != null) {
                widen(x.length);
                incomplete += addAll(x, times) ? 0 : times;
            }
        }

        /** Adds the numbers of a row, and returns whether all are usable. */
        private boolean addAll(double[] x, long times) {
            boolean isComplete = true;
            for (int j = 0; j < x.length; j++) {
                if (UsableNumbers.isUsable(x[j])) {
                    least[j] = Math.min(least[j], x[j]);
                    greatest[j] = Math.max(greatest[j], x[j]);
                    continue;
                }
                isComplete = false;
                if (Double.isNaN(x[j])) {
                    missing[j] += times;
                } else if (Double.isInfinite(x[j])) {
                    infinite = widened(infinite);
                    infinite[j] += times;
                } else {
                    huge = widened(huge);
                    huge[j] += times;
                }
            }
            return isComplete;
        }

        private long[] widened(long[] counts) {
            return counts.length == missing.length ? counts : Arrays.copyOf(counts, missing.length);
        }

        private void widen(int width) {
            int known = missing.length;
            if (width > known) {
                missing = Arrays.copyOf(missing, width);
                least = Arrays.copyOf(least, width);
                greatest = Arrays.copyOf(greatest, width);
                Arrays.fill(least, known, width, Double.POSITIVE_INFINITY);
                Arrays.fill(greatest, known, width, Double.NEGATIVE_INFINITY);
            }
        }

        private void merge(Part other) {
            rows += other.rows;
            fingerprint += other.fingerprint;
            incomplete += other.incomplete;
            widen(other.missing.length);
            missing = sum(missing, other.missing);
            infinite = sum(infinite, other.infinite);
            huge = sum(huge, other.huge);
            for (int j = 0; j < other.least.length; j++) {
                least[j] = Math.min(least[j], other.least[j]);
                greatest[j] = Math.max(greatest[j], other.greatest[j]);
            }
        }

        /** Returns the largest minus the smallest number of all columns together. */
        public double range() {
            return Arrays.stream(greatest).max().orElse(0)
                    - Arrays.stream(least).min().orElse(0);
        }
    }

    /** Adds the shorter array to the longer one. */
    private static long[] sum(long[] a, long[] b) {
        long[] longer = a.length >= b.length ? a : b;
        long[] shorter = longer == a ? b : a;
        for (int j = 0; j < shorter.length; j++) {
            longer[j] += shorter[j];
        }
        return longer;
    }

    /** Reasons why a weight cannot be used. A weight of 0 is no error: its row is left out. */
    enum WeightFlaw {
        MISSING("no number"),
        NEGATIVE("a negative number"),
        INFINITE("an infinite number");

        final String words;

        WeightFlaw(String words) {
            this.words = words;
        }
    }

    /** Describes the rows of a table in one Spark job; null and NaN are missing values if they are kept. */
    public static TableStatistics take(JavaRDD<RowRecord> rows, boolean keep, double holdoutFraction, long seed) {
        HoldoutRule rule = rule(holdoutFraction, seed);
        return rows.getNumPartitions() == 0
                ? new TableStatistics().with(rule)
                : Described.run(
                                context(rows),
                                "table, rows counted and checked",
                                () -> rows.mapPartitions(part -> List.of(describe(part, keep, rule))
                                                .iterator())
                                        .treeReduce(TableStatistics::merge))
                        .with(rule);
    }

    private static HoldoutRule rule(double fraction, long seed) {
        return new HoldoutRule(fraction, RandomStreams.key(seed, Purpose.HOLDOUT), Set.of());
    }

    private TableStatistics with(HoldoutRule holdout) {
        rule = holdout;
        return this;
    }

    /**
     * Describes rows on the driver.
     *
     * @param split whether the copies of contents of many rows are split; see {@link #splitCopies}
     */
    public static TableStatistics of(
            List<RowRecord> rows, boolean keep, double holdoutFraction, long seed, boolean split) {
        HoldoutRule whole = rule(holdoutFraction, seed);
        TableStatistics statistics = describe(rows.iterator(), keep, whole).with(whole);
        if (split) {
            Map<Long, RepeatedRow> copies = new HashMap<>();
            rows.stream()
                    .filter(row -> row.isUsable(keep))
                    .forEach(row -> copies.merge(row.fingerprint(), RepeatedRow.of(row, 1), RepeatedRow::plus));
            Map<Long, Long> byHash = copies.values().stream()
                    .collect(Collectors.groupingBy(RowRecord::getHash, Collectors.summingLong(RowRecord::copies)));
            long many = HoldoutRule.manyCopies(statistics.used());
            byHash.values().removeIf(rowsOfHash -> rowsOfHash < many);
            copies.values().removeIf(row -> !byHash.containsKey(row.getHash()));
            statistics.with(whole.withRepeated(Set.copyOf(byHash.keySet())));
            statistics.add(change(copies.values().iterator(), whole, statistics.rule));
        }
        return statistics;
    }

    /** Returns the number of training and held-out rows. */
    private long used() {
        return train.rows + heldOut.rows;
    }

    private static JavaSparkContext context(JavaRDD<?> rows) {
        return JavaSparkContext.fromSparkContext(rows.context());
    }

    private static TableStatistics describe(Iterator<RowRecord> rows, boolean keep, HoldoutRule rule) {
        TableStatistics statistics = new TableStatistics();
        while (rows.hasNext()) {
            statistics.add(rows.next(), keep, rule);
        }
        return statistics;
    }

    /**
     * Splits the copies of contents of many rows, and corrects the statistics of training and held-out rows. Needs
     * further jobs only if there may be such contents.
     *
     * @param table the same rows, which have no key
     */
    public void splitCopies(Dataset<RowRecord> table, boolean keep) {
        long many = HoldoutRule.manyCopies(used());
        List<Integer> buckets =
                IntStream.range(0, BUCKETS).filter(i -> keys[i] >= many).boxed().toList();
        if (buckets.isEmpty()) {
            return;
        }
        FilterFunction<RowRecord> isUsable = row -> row.isUsable(keep);
        Dataset<RowRecord> some =
                table.where(bucket(col("hash")).isInCollection(buckets)).filter(isUsable);
        splitCopies(
                some,
                keep,
                Described.run(
                        context(table.toJavaRDD()),
                        "table, repeated rows looked for",
                        () -> HoldoutRule.repeated(some, "hash", many)));
    }

    /** Splits the copies of some contents, whose hashes are given, and corrects the statistics. */
    public void splitCopies(Dataset<RowRecord> table, boolean keep, Set<Long> repeated) {
        if (repeated.isEmpty()) {
            return;
        }
        FilterFunction<RowRecord> isUsable = row -> row.isUsable(keep);
        HoldoutRule whole = rule;
        HoldoutRule split = rule.withRepeated(repeated);
        rule = split;
        JavaRDD<RowRecord> copies =
                table.where(rule.isRepeated(col("hash"))).filter(isUsable).toJavaRDD();
        TableStatistics change = Described.run(
                context(copies),
                "table, copies of rows counted",
                () -> copies.mapToPair(row -> new Tuple2<>(row.fingerprint(), RepeatedRow.of(row, 1)))
                        .reduceByKey(RepeatedRow::plus)
                        .values()
                        .mapPartitions(
                                part -> List.of(change(part, whole, split)).iterator())
                        .treeReduce(TableStatistics::merge));
        add(change);
    }

    private void add(TableStatistics change) {
        train.merge(change.train);
        heldOut.merge(change.heldOut);
    }

    private static TableStatistics change(Iterator<RepeatedRow> rows, HoldoutRule whole, HoldoutRule split) {
        TableStatistics change = new TableStatistics();
        while (rows.hasNext()) {
            RepeatedRow row = rows.next();
            long more = split.heldOut(row, 0, row.copies()) - whole.heldOut(row, 0, row.copies());
            if (more != 0) {
                change.heldOut.add(row.getFeatures(), row.fingerprint(), more);
                change.train.add(row.getFeatures(), row.fingerprint(), -more);
            }
        }
        return change;
    }

    /** Returns which rows are held out. */
    public HoldoutRule holdoutRule() {
        return rule;
    }

    private void add(RowRecord row, boolean keep, HoldoutRule rule) {
        double weight = row.getWeight();
        if (row.getHash() == RowRecord.NO_KEY) {
            keyless++;
        } else if (!(weight >= 0) || Double.isInfinite(weight)) {
            WeightFlaw flaw =
                    Double.isNaN(weight) ? WeightFlaw.MISSING : weight < 0 ? WeightFlaw.NEGATIVE : WeightFlaw.INFINITE;
            weightFlaws[flaw.ordinal()]++;
        } else if (weight == 0) {
            weightless++;
        }
        double[] x = row.getFeatures();
        if (x == null) {
            nullRows++;
        } else {
            leastWidth = Math.min(leastWidth, x.length);
            greatestWidth = Math.max(greatestWidth, x.length);
        }
        long own = row.fingerprint();
        boolean isUsed = row.isUsable(keep);
        if (isUsed) {
            buckets[bucket(own)]++;
            keys[bucket(row.getHash())]++;
        }
        Part part = !isUsed ? leftOut : rule.heldOut(row, 0, 1) > 0 ? heldOut : train;
        part.add(x, own, 1);
    }

    /** Returns the first bits of a fingerprint or hash. */
    static int bucket(long hash) {
        return (int) (hash >>> Long.SIZE - BUCKET_BITS);
    }

    private static Column bucket(Column hash) {
        return shiftrightunsigned(hash, Long.SIZE - BUCKET_BITS).cast("int");
    }

    /** Returns about which share of the rows has the most frequent key, or the most frequent content. */
    public double frequentShare() {
        return used() == 0 ? 0 : Arrays.stream(keys).max().orElse(0) / (double) used() - 1.0 / BUCKETS;
    }

    /** Returns about how many different keys or contents there are; infinity if they are many. */
    public double kinds() {
        double empty = Arrays.stream(keys).filter(count -> count == 0).count();
        return BUCKETS * Math.log(BUCKETS / empty);
    }

    private static TableStatistics merge(TableStatistics a, TableStatistics b) {
        a.train.merge(b.train);
        a.heldOut.merge(b.heldOut);
        a.leftOut.merge(b.leftOut);
        a.nullRows += b.nullRows;
        a.weightless += b.weightless;
        a.keyless += b.keyless;
        Arrays.setAll(a.weightFlaws, i -> a.weightFlaws[i] + b.weightFlaws[i]);
        Arrays.setAll(a.buckets, i -> a.buckets[i] + b.buckets[i]);
        Arrays.setAll(a.keys, i -> a.keys[i] + b.keys[i]);
        a.leastWidth = Math.min(a.leastWidth, b.leastWidth);
        a.greatestWidth = Math.max(a.greatestWidth, b.greatestWidth);
        return a;
    }

    /** Returns the statistics of the training rows. */
    public Part train() {
        return train;
    }

    /** Returns the statistics of the held-out rows. */
    public Part heldOut() {
        return heldOut;
    }

    /** Returns the number of rows that no model can use. */
    public long leftOut() {
        return leftOut.rows;
    }

    /** Returns the number of all rows. */
    public long rows() {
        return used() + leftOut.rows;
    }

    /** Returns the sum of the fingerprints of all rows. */
    public long fingerprint() {
        return train.fingerprint + heldOut.fingerprint + leftOut.fingerprint;
    }

    /** Returns the number of numbers of the shortest row; a large number if there is no row. */
    int leastWidth() {
        return leastWidth;
    }

    /** Returns the number of numbers of the longest row; −1 if there is no row. */
    public int width() {
        return greatestWidth;
    }

    /** Returns a count of each number of a row over all rows; empty if no row has one. */
    long[] counts(Function<Part, long[]> count) {
        return Stream.of(train, heldOut, leftOut).map(count).reduce(new long[0], (a, b) -> sum(a.clone(), b.clone()));
    }

    /**
     * Requires that rows are those that were counted.
     *
     * @param counted number of rows that were counted, and then the sum of their fingerprints
     * @param found number of rows that were read later, and then the sum of their fingerprints
     * @throws DataException if the table has changed
     */
    public static void requireSame(long counted, long fingerprint, long found, long foundFingerprint) {
        String change = found != counted
                ? "%d rows were counted first, %d later".formatted(counted, found)
                : fingerprint != foundFingerprint
                        ? "%d rows were read twice, with other values the second time".formatted(found)
                        : null;
        if (change != null) {
            throw new DataException(
                    "the table changed while it was read: %s; expected a table that does not change, e.g. one that has been written to files"
                            .formatted(change));
        }
    }
}
