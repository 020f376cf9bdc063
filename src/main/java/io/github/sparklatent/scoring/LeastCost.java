package io.github.sparklatent.scoring;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.scoring.ScoreDistribution.ScoreBuckets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * Finds the threshold with the least cost among labelled rows: the cost of a missed anomaly for each one that is not
 * above it, and the cost of a review for each row above it. Of several such thresholds it is the highest.
 */
public final class LeastCost {
    private static final int REPLICATES = 1000;

    /** Mean from which on a Poisson number is drawn from the normal distribution. */
    private static final double LARGE = 30;

    private LeastCost() {}

    /**
     * Finds the threshold. Only one just below the score of an anomaly can be best, so the rows from one such score to
     * the next are a group. The interval is from the 2.5% to the 97.5% quantile of the best thresholds of bootstrap
     * replicates, in which each row counts a Poisson number of times with mean 1 (Hanley and MacGibbon 2006).
     *
     * @param anomalies scores of the anomalies; these or the others may be none. Not modified.
     * @param others scores of the other rows. Not modified.
     * @param missed cost of a missed anomaly, at least 0
     * @param review cost of a review, at least 0
     * @return {@code threshold}, {@code lower} and {@code upper} end of its 95% interval, weight of the {@code rows}
     *     above it, {@code precision} and {@code recall} (NaN without such rows or anomalies), {@code cost}, and the
     *     costs if no row or each row is flagged, {@code costOfNone} and {@code costOfAll}
     */
    public static Map<String, Object> of(
            ReferenceScores anomalies, ReferenceScores others, double missed, double review) {
        ReferenceScores both = anomalies.plus(others);
        TreeMap<Long, Double> all = both.weights;
        int groups = anomalies.weights.size() + 1; // the first is above all rows
        double[] thresholds = new double[groups];
        double[][] weights = new double[2][groups + 1]; // of the others and of the anomalies; the last is below all
        thresholds[0] = ScoreBuckets.end(all.lastKey());
        int group = 1;
        for (long bucket : all.descendingKeySet()) {
            double found = anomalies.weights.getOrDefault(bucket, 0.0);
            weights[0][group] += all.get(bucket) - found;
            weights[1][group] += found;
            if (found > 0) {
                thresholds[group++] = ScoreBuckets.end(bucket - 1);
            }
        }
        double total = sum(weights[0], groups + 1) + sum(weights[1], groups);
        int best = best(groups, g -> weights[0][g], g -> weights[1][g], missed, review);
        double[] drawn = new double[REPLICATES];
        for (int b = 0; b < REPLICATES; b++) {
            RandomGenerator random = RandomStreams.of(1, Purpose.BOOTSTRAP, b);
            IntToDoubleFunction drawnOthers = g -> poisson(weights[0][g] / total * both.rows(), random);
            IntToDoubleFunction drawnAnomalies = g -> poisson(weights[1][g] / total * both.rows(), random);
            drawn[b] = thresholds[best(groups, drawnOthers, drawnAnomalies, missed, review)];
        }
        Arrays.sort(drawn);
        double anomalous = sum(weights[1], groups);
        double found = sum(weights[1], best + 1);
        double flagged = found + sum(weights[0], best + 1);
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("threshold", thresholds[best]);
        figures.put("lower", drawn[REPLICATES / 40]);
        figures.put("upper", drawn[REPLICATES - 1 - REPLICATES / 40]);
        figures.put("rows", flagged);
        figures.put("precision", found / flagged);
        figures.put("recall", found / anomalous);
        figures.put("cost", missed * (anomalous - found) + review * flagged);
        figures.put("costOfNone", missed * anomalous);
        figures.put("costOfAll", review * total);
        return figures;
    }

    private static double sum(double[] numbers, int count) {
        return Arrays.stream(numbers, 0, count).sum();
    }

    /** Returns the last group to flag, the first one of equal cost. */
    private static int best(
            int groups, IntToDoubleFunction others, IntToDoubleFunction anomalies, double missed, double review) {
        int best = 0;
        double least = 0;
        double cost = 0; // compared with that of flagging none
        for (int g = 1; g < groups; g++) {
            cost += review * others.applyAsDouble(g) + (review - missed) * anomalies.applyAsDouble(g);
            if (cost < least) {
                least = cost;
                best = g;
            }
        }
        return best;
    }

    private static double poisson(double mean, RandomGenerator random) {
        if (mean > LARGE) {
            return Math.max(0, Math.rint(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        int count = 0;
        for (double left = StrictMath.exp(-mean), p = random.nextDouble(); p > left; p *= random.nextDouble()) {
            count++;
        }
        return count;
    }
}
