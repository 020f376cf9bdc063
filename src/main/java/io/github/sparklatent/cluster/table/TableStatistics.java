package io.github.sparklatent.cluster.table;

import io.github.sparklatent.cluster.reduce.Described;
import io.github.sparklatent.columns.UsableNumbers;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Counts of usable and unusable rows of a table, computed in one traversal before training. The counts, minima and
 * maxima do not depend on the order in which parts are merged. Merging modifies one of the two parts; this is safe
 * because each part comes from a task or a serialiser and is never cached.
 */
public final class Census implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Number of counts of rows by their fingerprints. */
    static final int BUCKETS = 1 << 11;

    private static final int BUCKET_BITS = Integer.numberOfTrailingZeros(BUCKETS);

    private final long[][] flaws = new long[Flaw.values().length][0];
    final long[] weightFlaws = new long[WeightFlaw.values().length];
    public long train;
    public long holdout;
    long nullRows;
    public long leftOut;
    long weightless;
    public long fingerprint;

    /** Sums of the fingerprints of the training rows and of the held-out rows. */
    public long trainFingerprint;

    public long holdoutFingerprint;

    /** Numbers of training and held-out rows by {@link #bucket}, to find rows that are repeated. */
    final long[] buckets = new long[BUCKETS];

    /** Numbers of training rows and of held-out rows of which some values are missing. */
    public long incompleteTrain;

    public long incompleteHoldout;

    /** Number of training rows in which the value of a column is missing. */
    long[] missing = new long[0];

    int leastWidth = Integer.MAX_VALUE;
    public int greatestWidth = -1;
    public double[] least = new double[0];
    public double[] greatest = new double[0];

    /** Reasons why a number cannot be used. */
    enum Flaw {
        /** Null or NaN. */
        MISSING,
        /** Infinite. */
        INFINITE,
        /** Beyond {@link UsableNumbers#GREATEST}. */
        HUGE
    }

    /** Reasons why a weight cannot be used. A weight of 0 is no error: its row is left out. */
    enum WeightFlaw {
        /** Null or NaN. */
        MISSING,
        /** Below 0. */
        NEGATIVE,
        /** Infinite. */
        INFINITE
    }

    /**
     * Counts the rows of a table in one Spark job.
     *
     * @param keep whether null and NaN are missing values
     */
    public static Census take(JavaRDD<RowRecord> rows, boolean keep, double holdoutFraction, long seed) {
        if (rows.getNumPartitions() == 0) {
            return new Census();
        }
        long key = RandomStreams.key(seed, Purpose.HOLDOUT);
        JavaSparkContext context = JavaSparkContext.fromSparkContext(rows.context());
        return Described.run(
                context,
                "table, rows counted and checked",
                () -> rows.mapPartitions(part ->
                                List.of(count(part, keep, holdoutFraction, key)).iterator())
                        .treeReduce(Census::merge));
    }

    private static Census count(Iterator<RowRecord> rows, boolean keep, double holdoutFraction, long key) {
        Census census = new Census();
        while (rows.hasNext()) {
            census.add(rows.next(), keep, holdoutFraction, key);
        }
        return census;
    }

    /**
     * Returns whether a row is held out of training. This depends only on the arguments and the row's hash.
     *
     * @param fraction share of the rows to hold out; 0: none
     * @param key key of 64 bits, computed from the seed of the training and {@link Purpose#HOLDOUT}
     */
    public static boolean isHeldOut(RowRecord row, double fraction, long key) {
        return isHeldOut(row.getHash(), fraction, key);
    }

    /**
     * Returns whether a row with this hash is held out of training.
     *
     * @param hash hash of the row, see {@link RowRecord#getHash}
     * @param fraction share of the rows to hold out; 0: none
     * @param key key of 64 bits, computed from the seed of the training and {@link Purpose#HOLDOUT}
     */
    public static boolean isHeldOut(long hash, double fraction, long key) {
        return fraction > 0 && RandomStreams.uniform(key, hash) < fraction;
    }

    /**
     * Returns whether a row has a weight above 0 and usable numbers only.
     *
     * @param keep whether null and NaN are missing values. Then one usable number is enough.
     */
    public static boolean isUsable(RowRecord row, boolean keep) {
        double[] x = row.getFeatures();
        return x != null && row.getWeight() > 0 && UsableNumbers.areUsable(x, keep);
    }

    private void add(RowRecord row, boolean keep, double holdoutFraction, long key) {
        long own = fingerprint(row);
        fingerprint += own;
        double weight = row.getWeight();
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            WeightFlaw flaw =
                    Double.isNaN(weight) ? WeightFlaw.MISSING : weight < 0 ? WeightFlaw.NEGATIVE : WeightFlaw.INFINITE;
            weightFlaws[flaw.ordinal()]++;
        } else if (weight == 0) {
            weightless++;
        }
        if (row.getFeatures() == null) {
            nullRows++;
            leftOut++;
            return;
        }
        widen(row.getFeatures().length);
        boolean complete = countFlaws(row.getFeatures());
        if (weight == 0 || !UsableNumbers.areUsable(row.getFeatures(), keep)) {
            leftOut++;
        } else if (isHeldOut(row, holdoutFraction, key)) {
            holdout++;
            holdoutFingerprint += own;
            buckets[bucket(own)]++;
            incompleteHoldout += complete ? 0 : 1;
        } else {
            train++;
            trainFingerprint += own;
            buckets[bucket(own)]++;
            incompleteTrain += complete ? 0 : 1;
            range(row.getFeatures());
        }
    }

    /**
     * Returns a hash of a row's key, content and weight. The sum of these hashes over all rows does not depend on the
     * order of the rows.
     */
    public static long fingerprint(RowRecord row) {
        double[] x = row.getFeatures();
        return RandomStreams.key(
                row.getHash(),
                Purpose.HOLDOUT,
                x == null ? 0 : RandomStreams.hash(x, 0, x.length),
                Double.doubleToLongBits(row.getWeight() + 0.0));
    }

    /** Returns the first bits of a fingerprint. */
    static int bucket(long fingerprint) {
        return (int) (fingerprint >>> Long.SIZE - BUCKET_BITS);
    }

    private void widen(int width) {
        leastWidth = Math.min(leastWidth, width);
        greatestWidth = Math.max(greatestWidth, width);
        int known = least.length;
        if (width > known) {
            for (int i = 0; i < flaws.length; i++) {
                flaws[i] = Arrays.copyOf(flaws[i], width);
            }
            missing = Arrays.copyOf(missing, width);
            least = Arrays.copyOf(least, width);
            greatest = Arrays.copyOf(greatest, width);
            Arrays.fill(least, known, width, Double.POSITIVE_INFINITY);
            Arrays.fill(greatest, known, width, Double.NEGATIVE_INFINITY);
        }
    }

    /** Counts the invalid numbers of a row, and returns whether there are none. */
    private boolean countFlaws(double[] x) {
        boolean complete = true;
        for (int j = 0; j < x.length; j++) {
            if (!UsableNumbers.isUsable(x[j])) {
                Flaw flaw = Double.isNaN(x[j]) ? Flaw.MISSING : Double.isInfinite(x[j]) ? Flaw.INFINITE : Flaw.HUGE;
                flaws[flaw.ordinal()][j]++;
                complete = false;
            }
        }
        return complete;
    }

    private void range(double[] x) {
        for (int j = 0; j < x.length; j++) {
            if (Double.isNaN(x[j])) {
                missing[j]++;
            } else {
                least[j] = Math.min(least[j], x[j]);
                greatest[j] = Math.max(greatest[j], x[j]);
            }
        }
    }

    private static Census merge(Census a, Census b) {
        Census wide = a.least.length >= b.least.length ? a : b;
        Census other = wide == a ? b : a;
        wide.train += other.train;
        wide.holdout += other.holdout;
        wide.incompleteTrain += other.incompleteTrain;
        wide.incompleteHoldout += other.incompleteHoldout;
        wide.nullRows += other.nullRows;
        wide.leftOut += other.leftOut;
        wide.weightless += other.weightless;
        for (int i = 0; i < wide.weightFlaws.length; i++) {
            wide.weightFlaws[i] += other.weightFlaws[i];
        }
        wide.fingerprint += other.fingerprint;
        wide.trainFingerprint += other.trainFingerprint;
        wide.holdoutFingerprint += other.holdoutFingerprint;
        for (int i = 0; i < BUCKETS; i++) {
            wide.buckets[i] += other.buckets[i];
        }
        wide.leastWidth = Math.min(wide.leastWidth, other.leastWidth);
        wide.greatestWidth = Math.max(wide.greatestWidth, other.greatestWidth);
        for (int i = 0; i < wide.flaws.length; i++) {
            for (int j = 0; j < other.flaws[i].length; j++) {
                wide.flaws[i][j] += other.flaws[i][j];
            }
        }
        for (int j = 0; j < other.least.length; j++) {
            wide.missing[j] += other.missing[j];
            wide.least[j] = Math.min(wide.least[j], other.least[j]);
            wide.greatest[j] = Math.max(wide.greatest[j], other.greatest[j]);
        }
        return wide;
    }

    /** Returns the number of rows with this error in each column. Not to be modified. */
    long[] flaws(Flaw flaw) {
        return flaws[flaw.ordinal()];
    }

    /** Returns the largest minus the smallest number of the training rows, over all columns together. */
    public double valueRange() {
        return DoubleStream.of(greatest).max().orElse(0)
                - DoubleStream.of(least).min().orElse(0);
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

    public long rows() {
        return train + holdout + leftOut;
    }
}
