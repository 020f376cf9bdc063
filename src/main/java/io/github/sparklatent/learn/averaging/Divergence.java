package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.learn.optimizer.LearningRate;
import io.github.sparklatent.learn.optimizer.Ranges;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Finds a training that has left all bounds, before its next round.
 *
 * @param round description of the round
 * @param rates learning rates at its beginning, of each group
 * @param rising whether these are those that a warm-up rises to, and has not reached yet
 * @param game whether there are several groups, each of whose losses is the others' doing too
 */
public record Divergence(String round, List<LearningRate> rates, boolean rising, boolean game) {
    /** A mean loss beyond so many times the first round's does not come down again. */
    private static final double GREATEST_GROWTH = 1000;

    /**
     * In a game a group's loss grows because the other one plays well, and it may come down again:
     * −log D(G(z)) of a discriminator without a doubt is the size of its logit. But a float has 24
     * bits: in a loss that has grown so often, what the first round's was is less than the last of
     * them, and no step of a sum of such losses means anything.
     */
    private static final double GREATEST_GROWTH_IN_A_GAME = 0x1p24;

    /** With rates that were those of the round. */
    public Divergence(String round, List<LearningRate> rates, boolean game) {
        this(round, rates, false, game);
    }

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
        double growth = game ? GREATEST_GROWTH_IN_A_GAME : GREATEST_GROWTH;
        if (loss > growth * Math.max(1, Math.abs(first))) {
            throw diverged(
                    "the mean loss is %s, in the first round it was %s".formatted(loss, first));
        }
    }

    void requireFiniteLoss(String kind, double loss) {
        if (!Double.isFinite(loss)) {
            throw diverged("the %s loss is %s, expected a finite number".formatted(kind, loss));
        }
    }

    public void requireFinite(double[] parameters) {
        if (!Ranges.all(parameters.length, (from, to) -> areFinite(parameters, from, to))) {
            throw infinite(Arrays.stream(parameters));
        }
    }

    public void requireFinite(float[] parameters) {
        if (!Ranges.all(parameters.length, (from, to) -> areFinite(parameters, from, to))) {
            throw infinite(IntStream.range(0, parameters.length).mapToDouble(i -> parameters[i]));
        }
    }

    private static boolean areFinite(double[] parameters, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Double.isFinite(parameters[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean areFinite(float[] parameters, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Float.isFinite(parameters[i])) {
                return false;
            }
        }
        return true;
    }

    private DivergedException infinite(DoubleStream parameters) {
        double first = parameters.filter(x -> !Double.isFinite(x)).findFirst().getAsDouble();
        return diverged("a parameter is %s, expected finite numbers".formatted(first));
    }

    private DivergedException diverged(String found) {
        return new DivergedException(
                "%s: %s; %s, or a clipNorm of 1".formatted(round, found, advice()));
    }

    private String advice() {
        if (rates.stream().allMatch(rate -> rate.value() == 0)) {
            return "the learning rate was still rising: try a smaller one";
        }
        String were = rising ? "rising to " : "";
        if (rates.size() == 1) {
            double rate = rates.get(0).value();
            return String.format(
                    Locale.ROOT, "the learning rate was %s%s: try %.1g", were, rate, rate / 10);
        }
        String each =
                rates.stream()
                        .map(rate -> rate.value() + " of the " + rate.group())
                        .collect(Collectors.joining(", "));
        return "the learning rates were " + were + each + ": try a tenth of each";
    }
}
