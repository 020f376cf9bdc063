package io.github.sparklatent.learn;

import java.util.List;
import java.util.Locale;

/**
 * Finds a training that has left all bounds, before its next round.
 *
 * @param round description of the round
 * @param rate learning rate at its beginning
 */
record Divergence(String round, double rate) {
    /** A mean loss beyond so many times the first round's does not come down again. */
    private static final double GREATEST_GROWTH = 1000;

    /**
     * The loss of a round of training.
     *
     * @param history of the rounds before
     */
    void requireBounded(LocalSums sums, List<NetworkRound> history) {
        if (sums.rows() == 0) {
            return; // no partition had a batch, so there is no mean
        }
        requireBounded(sums.means().get(0), history);
    }

    void requireBounded(double loss, List<NetworkRound> history) {
        requireFiniteLoss("mean", loss);
        double first = history.isEmpty() ? loss : history.get(0).loss();
        if (loss > GREATEST_GROWTH * Math.max(1, Math.abs(first))) {
            throw diverged(
                    "the mean loss is %s, in the first round it was %s".formatted(loss, first));
        }
    }

    void requireFiniteLoss(String kind, double loss) {
        if (!Double.isFinite(loss)) {
            throw diverged("the %s loss is %s, expected a finite number".formatted(kind, loss));
        }
    }

    void requireFinite(double[] parameters) {
        for (double parameter : parameters) {
            if (!Double.isFinite(parameter)) {
                throw infinite(parameter);
            }
        }
    }

    void requireFinite(float[] parameters) {
        for (float parameter : parameters) {
            if (!Float.isFinite(parameter)) {
                throw infinite(parameter);
            }
        }
    }

    private DivergedException infinite(double parameter) {
        return diverged("a parameter is %s, expected finite numbers".formatted(parameter));
    }

    private DivergedException diverged(String found) {
        return new DivergedException(
                String.format(
                        Locale.ROOT,
                        "%s: %s; the learning rate was %s: try %.1g, or a clipNorm of 1",
                        round,
                        found,
                        rate,
                        rate / 10));
    }
}
