package io.github.sparklatent.scoring;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The reference rows with which later rows are compared.
 *
 * @param scores distribution of their scores: standardised ones if the model has them, else anomaly scores
 * @param losses cumulants of the losses of single cells, for a model that cannot standardise scores itself; null if
 *     rows are compared by their scores
 * @param counts how standardised scores depend on the number of cells that a row has; null if they are compared as they
 *     are
 */
public record ReferenceRows(ScoreDistribution scores, CellLosses losses, CellCounts counts) implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final double[] ONE = {1};

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
     * A high quantile of the standardised scores of rows with each number of cells. Rows are compared by what their
     * score is above it, so that as many of those with few cells are anomalies as of the others (a Mondrian conformal
     * predictor, Vovk et al., Algorithmic Learning in a Random World, 2005, section 4.5, but for tails of one shape).
     *
     * @param starts as those of {@link CellLosses}
     * @param quantiles of rows with 0, 1, ... cells. Not to be modified.
     */
    public record CellCounts(int[] starts, double[] quantiles) implements Serializable {
        private static final long serialVersionUID = 1L;

        /** Rows that are above the quantile, if these are not fewer than the alert rate says. */
        private static final double ABOVE = 8;

        /** Rows with a number of cells from which on their quantile is known, as a share of the most such rows. */
        private static final double LEAST = 0.1;

        /**
         * Interpolates between the quantiles of rows with some numbers of cells.
         *
         * @param found standardised scores by the number of cells. Not modified.
         * @param alertRate share of the rows that are to be anomalies
         * @return null if no row has a score
         */
        public static CellCounts of(int[] starts, Map<Integer, ReferenceScores> found, double alertRate) {
            double most = found.values().stream()
                    .mapToDouble(ReferenceScores::rows)
                    .max()
                    .orElse(0);
            TreeMap<Integer, ReferenceScores> known = new TreeMap<>(found);
            known.values().removeIf(scores -> scores.rows() < LEAST * most);
            if (known.isEmpty()) {
                return null;
            }
            double least = known.values().stream()
                    .mapToDouble(ReferenceScores::rows)
                    .min()
                    .orElseThrow();
            double share = Math.min(0.5, Math.max(alertRate, ABOVE / least));
            TreeMap<Integer, Double> at = new TreeMap<>();
            known.forEach((count, scores) ->
                    at.put(count, ReferenceScores.of().with(scores, share).exceededBy(share)));
            double[] quantiles = new double[starts.length + 1];
            Arrays.setAll(quantiles, count -> {
                Map.Entry<Integer, Double> below = Objects.requireNonNullElse(at.floorEntry(count), at.firstEntry());
                Map.Entry<Integer, Double> above = Objects.requireNonNullElse(at.ceilingEntry(count), at.lastEntry());
                double part = (count - below.getKey()) / Math.max(1.0, above.getKey() - below.getKey());
                return below.getValue() + part * (above.getValue() - below.getValue());
            });
            return new CellCounts(starts, quantiles);
        }

        /** Returns by what a standardised score is above the quantile of rows with as many cells. */
        double above(double score, double[] numbers) {
            long count =
                    Arrays.stream(starts).filter(j -> !Double.isNaN(numbers[j])).count();
            return score - quantiles[(int) count];
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
        return counts == null ? number : counts.above(number, numbers);
    }
}
