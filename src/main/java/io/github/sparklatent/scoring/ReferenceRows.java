package io.github.sparklatent.scoring;

import java.io.Serializable;

/**
 * The reference rows with which later rows are compared.
 *
 * @param scores distribution of their scores: standardised ones if the model has them, else anomaly scores
 * @param losses cumulants of the losses of single cells, for a model that cannot standardise scores itself; null if
 *     rows are compared by their scores
 */
public record ReferenceRows(ScoreDistribution scores, CellLosses losses) implements Serializable {
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

    /** Returns reference rows whose scores compare as they are. */
    public static ReferenceRows of(ScoreDistribution scores) {
        return new ReferenceRows(scores, null);
    }

    /**
     * Returns the number by which a row is compared.
     *
     * @param score score of the row
     * @param numbers numbers of the row. Not modified.
     */
    public double compared(double score, double[] numbers) {
        return losses == null ? score : losses.standardized(score, numbers);
    }
}
