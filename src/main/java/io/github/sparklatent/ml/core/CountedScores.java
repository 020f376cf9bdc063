package io.github.sparklatent.ml.core;

import io.github.sparklatent.cluster.reduce.Described;
import io.github.sparklatent.scoring.ReferenceScores;
import io.github.sparklatent.scoring.ScoreDistribution.ScoreBuckets;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Counts of the scores of a table by key, bucket of the score and exponent of the weight. Weights are summed as
 * integers, so the sums do not depend on the order of the rows. Weights of any number of digits give one cell for each
 * bucket and exponent only.
 */
final class CountedScores implements Serializable {
    /** Numbers for the exponents of doubles in a place. */
    private static final int EXPONENTS = 1 << 12;

    /** Bits of the lower half of an integer weight. */
    private static final int HALF = 16;

    /** Cells by key, then by place: number of rows, Σ m, Σ h², Σ h l and Σ l², where h and l are the halves of m. */
    private final Map<Integer, Map<Long, long[]>> counts = new HashMap<>();

    private CountedScores() {}

    /**
     * Counts scores in one Spark job.
     *
     * @param scores a column of scores; one of weights above 0, without which each weight is 1; one of whole numbers,
     *     the keys, without which each key is 0. Rows without a score are not counted.
     */
    static CountedScores count(Dataset<Row> scores) {
        JavaRDD<Row> rows = scores.toJavaRDD();
        return rows.getNumPartitions() == 0
                ? new CountedScores()
                : Described.run(
                        JavaSparkContext.fromSparkContext(rows.context()),
                        "anomaly scores counted",
                        () -> rows.mapPartitions(part -> List.of(of(part)).iterator())
                                .treeReduce(CountedScores::merge));
    }

    /** Returns the counted scores of a table without keys; see {@link #count}. */
    public static ReferenceScores of(Dataset<Row> scores) {
        return byKey(scores).getOrDefault(0, ReferenceScores.of());
    }

    /** Returns the counted scores of a table by their keys; see {@link #count}. */
    public static Map<Integer, ReferenceScores> byKey(Dataset<Row> scores) {
        Map<Integer, ReferenceScores> known = new TreeMap<>();
        count(scores).counts.forEach((key, cells) -> known.put(key, ReferenceScores.of(cells(cells))));
        return known;
    }

    private static CountedScores of(Iterator<Row> rows) {
        CountedScores counted = new CountedScores();
        rows.forEachRemaining(counted::add);
        return counted;
    }

    private void add(Row row) {
        if (row.isNullAt(0) || Double.isNaN(row.getDouble(0))) {
            return;
        }
        double weight = row.length() < 2 ? 1 : row.getDouble(1);
        long m = ReferenceScores.Cell.mantissa(weight);
        long high = m >>> HALF;
        long low = m & (1 << HALF) - 1;
        long place = ScoreBuckets.of(row.getDouble(0)) * EXPONENTS + Math.getExponent(weight) + EXPONENTS / 2;
        add(row.length() < 3 ? 0 : row.getInt(2), place, new long[] {1, m, high * high, high * low, low * low});
    }

    private void add(int key, long place, long[] cell) {
        counts.computeIfAbsent(key, absent -> new HashMap<>()).merge(place, cell, (a, b) -> {
            for (int i = 0; i < a.length; i++) {
                a[i] += b[i];
            }
            return a;
        });
    }

    private static CountedScores merge(CountedScores a, CountedScores b) {
        b.counts.forEach((key, cells) -> cells.forEach((place, cell) -> a.add(key, place, cell)));
        return a;
    }

    /** Returns the number of cells of all keys. */
    int size() {
        return counts.values().stream().mapToInt(Map::size).sum();
    }

    private static Stream<ReferenceScores.Cell> cells(Map<Long, long[]> counts) {
        return counts.entrySet().stream().map(entry -> {
            long[] sums = entry.getValue();
            return new ReferenceScores.Cell(
                    Math.floorDiv(entry.getKey(), EXPONENTS),
                    (int) Math.floorMod(entry.getKey(), (long) EXPONENTS) - EXPONENTS / 2,
                    sums[0],
                    sums[1],
                    squares(sums[2], sums[3], sums[4]));
        });
    }

    /** Returns Σ (2¹⁶ h + l)², which no long holds, rounded once. */
    private static double squares(long high, long mixed, long low) {
        return BigInteger.valueOf(high)
                .shiftLeft(2 * HALF)
                .add(BigInteger.valueOf(mixed).shiftLeft(HALF + 1))
                .add(BigInteger.valueOf(low))
                .doubleValue();
    }
}
