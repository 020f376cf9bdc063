package io.github.sparklatent.scoring;

import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The reference rows with which later rows are compared: held-out rows of the training, or training rows if there are
 * too few. The severity of a row is the percentage of the reference rows with a lower score. {@code ml.core} finds them
 * after a training (TrainingScores) and saves them with the model (TableForm).
 *
 * @param scores distribution of their scores: standardised ones if the model has them, else anomaly scores
 * @param losses cumulants of the losses of single cells, for a model that cannot standardise scores itself; null if
 *     rows are compared by their scores
 * @param counts how standardised scores depend on how many cells a row has; null if they are compared as they are
 */
public record ReferenceRows(ScoreDistribution scores, CellLosses losses, CellCounts counts) implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * The cumulants κ₁, κ₂ and κ₃ of the losses of the cells of reference rows, see {@link StandardScore}.
     *
     * @param starts for each column of the table, the first of its numbers in a row; it is NaN if the cell is missing.
     *     Not to be modified.
     * @param cumulants three for each column, then three of what the score of a row is more than the losses of its
     *     cells. Not to be modified.
     */
    public record CellLosses(int[] starts, double[] cumulants) implements Serializable {
        private static final long serialVersionUID = 1L;

        private static final double[] ONE = {1};

        /** Returns the standardised score of a row with some numbers. */
        double standardized(double score, double[] numbers) {
            double[] sums = new double[3];
            for (int j = 0; j <= starts.length; j++) {
                for (int i = 0; i < 3 && (j == starts.length || !Double.isNaN(numbers[starts[j]])); i++) {
                    sums[i] += cumulants[3 * j + i];
                }
            }
            return new StandardScore(ONE, sums).of(score);
        }
    }

    /**
     * The difference between a high quantile of the scores of rows with each number of cells and that of complete rows.
     * Rows are compared without it, so that as many of those with few cells are anomalies as of the others (a Mondrian
     * conformal predictor, Vovk et al., Algorithmic Learning in a Random World, 2005, section 4.5, but for tails of one
     * shape).
     *
     * @param starts the first number in a row of each column whose cells are counted; it is NaN if the cell is missing.
     *     Not to be modified.
     * @param shifts of rows with 0, 1, ... cells. Not to be modified.
     */
    public record CellCounts(int[] starts, double[] shifts) implements Serializable {
        private static final long serialVersionUID = 1L;

        /** Rows that are above the quantile, if these are not fewer than the alert rate says. */
        private static final double ABOVE = 8;

        /** Rows with a number of cells from which on their quantile is known, as a share of the most such rows. */
        private static final double MIN_SHARE = 0.1;

        /**
         * Interpolates between the quantiles of rows with some numbers of cells.
         *
         * @param found scores by the number of cells. Not modified.
         * @param alertRate share of the rows that are to be anomalies
         * @return null if no row has a score
         */
        public static CellCounts of(int[] starts, Map<Integer, ReferenceScores> found, double alertRate) {
            double most = found.values().stream()
                    .mapToDouble(ReferenceScores::rows)
                    .max()
                    .orElse(0);
            double least = found.values().stream()
                    .mapToDouble(ReferenceScores::rows)
                    .filter(rows -> rows >= MIN_SHARE * most)
                    .min()
                    .orElse(0);
            double share = Math.min(0.5, Math.max(alertRate, ABOVE / least));
            TreeMap<Integer, Double> at = new TreeMap<>();
            found.forEach((count, scores) -> {
                double quantile = ReferenceScores.of().with(scores, share).exceededBy(share);
                if (scores.rows() >= least && Double.isFinite(quantile)) {
                    at.put(count, quantile);
                }
            });
            if (at.isEmpty()) {
                return null;
            }
            double[] shifts = new double[starts.length + 1];
            for (int count = 0; count < shifts.length; count++) {
                Map.Entry<Integer, Double> below = Objects.requireNonNullElse(at.floorEntry(count), at.firstEntry());
                Map.Entry<Integer, Double> above = Objects.requireNonNullElse(at.ceilingEntry(count), at.lastEntry());
                double part = (count - below.getKey()) / Math.max(1.0, above.getKey() - below.getKey());
                shifts[count] = (1 - part) * below.getValue()
                        + part * above.getValue()
                        - at.lastEntry().getValue();
            }
            return new CellCounts(starts, shifts);
        }

        double shift(double[] numbers) {
            int cells = 0;
            for (int j : starts) {
                cells += Double.isNaN(numbers[j]) ? 0 : 1;
            }
            return shifts[cells];
        }
    }

    /** Returns reference rows whose scores compare as they are. */
    public static ReferenceRows of(ScoreDistribution scores) {
        return new ReferenceRows(scores, null, null);
    }

    /**
     * Returns the number by which a row is compared.
     *
     * @param score score of the row: the standardised one if the model has it
     * @param numbers numbers of the row. Not modified.
     */
    public double compared(double score, double[] numbers) {
        double number = losses == null ? score : losses.standardized(score, numbers);
        return counts == null ? number : number - counts.shift(numbers);
    }
}
