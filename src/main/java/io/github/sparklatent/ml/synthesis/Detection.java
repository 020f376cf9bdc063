package io.github.sparklatent.ml.synthesis;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.metrics.AreaUnderRoc;
import io.github.sparklatent.metrics.synthesis.ComparedRows;
import io.github.sparklatent.ml.synthesis.Forest.Classified;
import io.github.sparklatent.ml.synthesis.Forest.Example;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.sql.SparkSession;

/**
 * A classifier of the rows of two tables, measured on rows that it was not trained on (Lopez-Paz and Oquab, Revisiting
 * classifier two-sample tests, 2017).
 *
 * @param area area under the ROC curve; 0.5: it cannot distinguish them
 * @param standardError standard error of the area
 * @param rows number of rows of each table, about half of which the classifier learns from
 * @param importances share of each column in what the classifier has learnt; the sum is 1, or 0 if it has learnt
 *     nothing
 */
public record Detection(double area, double standardError, int rows, double[] importances) {
    /** The smallest number of rows of each table. */
    public static final int MIN_ROWS = 4;

    /**
     * Trains the classifier on as many rows of each table and measures it.
     *
     * @param levels number of levels of each column; 0: numbers. Not modified.
     * @param first rows in an order that says nothing, at least {@link #MIN_ROWS}
     * @param second rows in an order that says nothing, at least {@link #MIN_ROWS}
     * @param haveCommonRows whether a row of one table may be a row of the other. Then the classifier learns from both
     *     or from none; else it would take the one for the other, and the area would be below 0.5
     */
    public static Detection of(
            SparkSession spark,
            int[] levels,
            ComparedRows first,
            ComparedRows second,
            boolean haveCommonRows,
            long seed) {
        int n = Math.min(first.size(), second.size());
        Require.that(n >= MIN_ROWS, "there are %d rows of each kind, expected at least %d", n, MIN_ROWS);
        List<Example> learn = new ArrayList<>();
        List<Example> test = new ArrayList<>();
        long key = RandomStreams.key(seed, Purpose.PROFILE);
        long[] ofFirst = places(first, n, haveCommonRows);
        long[] ofSecond = places(second, n, haveCommonRows);
        for (int i = 0; i < n; i++) {
            (RandomStreams.uniform(key, ofFirst[i]) < 0.5 ? learn : test).add(new Example(first, i, 0));
            (RandomStreams.uniform(key, ofSecond[i]) < 0.5 ? learn : test).add(new Example(second, i, 1));
        }
        int[] all = IntStream.range(0, levels.length).toArray();
        Classified classified = new Forest(spark, all, levels, seed).classify(learn, test);
        double area = area(classified.probabilities(), test, 1);
        long ones = test.stream().filter(example -> example.label() == 1).count();
        return new Detection(
                area, AreaUnderRoc.standardError(area, ones, test.size() - ones), n, classified.importances());
    }

    /** Returns numbers that decide what the classifier learns from: places, or content and how often it came before. */
    private static long[] places(ComparedRows rows, int n, boolean byContent) {
        if (!byContent) {
            return LongStream.range(0, n).toArray();
        }
        Map<Long, Integer> copies = new HashMap<>();
        double[] row = new double[rows.width()];
        return IntStream.range(0, n)
                .mapToLong(i -> {
                    Arrays.setAll(row, j -> rows.get(i, j));
                    long hash = RandomStreams.hash(row, 0, row.length);
                    return RandomStreams.key(hash, Purpose.PROFILE, copies.merge(hash, 1, Integer::sum));
                })
                .toArray();
    }

    /** Returns the area under the ROC curve of a class against the rest. */
    static double area(List<double[]> probabilities, List<Example> test, int level) {
        double[] scores = new double[test.size()];
        boolean[] positive = new boolean[scores.length];
        for (int i = 0; i < scores.length; i++) {
            double[] of = probabilities.get(i);
            scores[i] = level < of.length ? of[level] : 0; // a level that was never generated
            positive[i] = test.get(i).label() == level;
        }
        return AreaUnderRoc.of(scores, positive);
    }
}
