package io.github.sparklatent.bench.anomalies;

import io.github.sparklatent.bench.report.NamedRun;
import io.github.sparklatent.scoring.ReferenceScores;
import io.github.sparklatent.scoring.ScoreDistribution;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Shares of fresh rows that are anomalies, of one table. The table is cut into halves at random. Each of the halves is
 * the training table for which the other one is fresh, so that the errors of the two nearly cancel. The standard errors
 * are those of the mean over the cuts.
 *
 * @param fresh number of fresh rows
 * @param rates alert rates
 * @param delivered share of the fresh rows above the threshold, for each rate
 * @param errors standard error of each of these shares
 */
record AlertRun(String name, int fresh, double[] rates, double[] delivered, double[] errors) implements NamedRun {
    /** Share that the configuration holds out. */
    static final double HELD_OUT = 0.1;

    private static final int CUTS = 5;
    private static final double[] RATES = {0.01, 0.05};

    /** Fits a model and scores rows. */
    interface Scorer {
        /**
         * Returns anomaly scores.
         *
         * @param train rows to fit. Not modified.
         * @param rows rows to score. Not modified.
         */
        double[] scores(DMatrixRMaj train, DMatrixRMaj rows);
    }

    /**
     * Measures a table.
     *
     * @param heldOut share of the training table that the model is not fitted to
     */
    static AlertRun of(String name, DMatrixRMaj rows, double heldOut, Scorer scorer) {
        int half = rows.numRows / 2;
        double[][] shares = new double[RATES.length][CUTS];
        List<Integer> order =
                Arrays.asList(IntStream.range(0, rows.numRows).boxed().toArray(Integer[]::new));
        for (int cut = 0; cut < CUTS; cut++) {
            Collections.shuffle(order, new Random(cut));
            for (int side = 0; side < 2; side++) {
                Collections.rotate(order, half);
                double[] found = cut(ordered(rows, order), half, heldOut, scorer);
                for (int r = 0; r < RATES.length; r++) {
                    shares[r][cut] += found[r] / 2;
                }
            }
        }
        return new AlertRun(
                name,
                rows.numRows - half,
                RATES,
                Arrays.stream(shares).mapToDouble(AlertRun::mean).toArray(),
                Arrays.stream(shares).mapToDouble(AlertRun::error).toArray());
    }

    /**
     * Returns the share of the normal scored rows that the preset, fitted to normal rows, reports at the lowest rate.
     */
    static double ofPreset(AnomalyTable.Trial trial) {
        DMatrixRMaj normal = AnomalyTable.rows(trial.scored(), i -> !trial.anomalous()[i]);
        List<Integer> order =
                Arrays.asList(IntStream.range(0, trial.fitted().numRows).boxed().toArray(Integer[]::new));
        Collections.shuffle(order, new Random(1)); // files may be sorted
        return cut(
                CommonOps_DDRM.concatRowsMulti(ordered(trial.fitted(), order), normal),
                trial.fitted().numRows,
                HELD_OUT,
                (train, rows) -> AnomalyMethod.preset(train, rows, true))[0];
    }

    private static DMatrixRMaj ordered(DMatrixRMaj rows, List<Integer> order) {
        int d = rows.numCols;
        DMatrixRMaj ordered = new DMatrixRMaj(rows.numRows, d);
        for (int i = 0; i < rows.numRows; i++) {
            System.arraycopy(rows.data, order.get(i) * d, ordered.data, i * d, d);
        }
        return ordered;
    }

    /**
     * Returns the shares of the fresh rows.
     *
     * @param rows the training table, its held-out rows last, then the fresh rows. Not modified.
     * @param train number of rows of the training table
     */
    private static double[] cut(DMatrixRMaj rows, int train, double heldOut, Scorer scorer) {
        int d = rows.numCols;
        int fitted = train - (int) (train * heldOut);
        double[] scores = scorer.scores(new DMatrixRMaj(fitted, d, true, Arrays.copyOf(rows.data, fitted * d)), rows);
        ReferenceScores training = ReferenceScores.of(Arrays.copyOf(scores, fitted));
        ReferenceScores apart = ReferenceScores.of(Arrays.copyOfRange(scores, fitted, train));
        double[] shares = new double[RATES.length];
        for (int r = 0; r < RATES.length; r++) {
            ScoreDistribution known = training.with(apart, RATES[r]);
            double threshold = known.exceededBy(RATES[r]);
            long above = Arrays.stream(scores)
                    .skip(train)
                    .filter(score -> score > threshold)
                    .count();
            shares[r] = above / (double) (rows.numRows - train);
        }
        return shares;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double error(double[] values) {
        double mean = mean(values);
        double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
        return Math.sqrt(squares / (values.length - 1) / values.length);
    }
}
