package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.learn.optimizer.LearningRate;
import io.github.sparklatent.learn.optimizer.Ranges;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Detects a diverged training before its next round.
 *
 * @param round description of the round
 * @param rates learning rate of each group at the beginning of the round; the losses of several groups depend on each
 *     other
 * @param rising whether a warm-up has not yet reached these rates
 */
public record Divergence(String round, List<LearningRate> rates, boolean rising) {
    /** A mean loss that grows by more than this factor since the first round does not recover. */
    private static final double MAX_GROWTH = 1000;

    /**
     * Limit for adversarial training. There the loss of one group may grow because the other one improves, and may fall
     * again: −log D(G(z)) of a confident discriminator is about as large as its logit. The limit follows from the 24
     * bits of float precision: beyond this factor, the loss of the first round is smaller than the last bit of the
     * current loss.
     */
    private static final double MAX_ADVERSARIAL_GROWTH = 0x1p24;

    /** Requires a bounded mean loss of a training round. {@code history}: records of the rounds before. */
    void requireBounded(LocalSums sums, List<NetworkRound> history) {
        if (sums.rows() == 0) {
            return; // no partition had a batch, so there is no mean
        }
        requireBounded(sums.means().get(0), history);
    }

    void requireBounded(double loss, List<NetworkRound> history) {
        requireFiniteLoss("mean", loss);
        double first = history.isEmpty() ? loss : history.get(0).loss();
        double growth = rates.size() > 1 ? MAX_ADVERSARIAL_GROWTH : MAX_GROWTH;
        if (loss > growth * Math.max(1, Math.abs(first))) {
            throw diverged("the mean loss is %s, in the first round it was %s".formatted(loss, first));
        }
    }

    void requireFiniteLoss(String name, double loss) {
        if (!Double.isFinite(loss)) {
            throw diverged("the %s loss is %s, expected a finite number".formatted(name, loss));
        }
    }

    public void requireFinite(double[] parameters) {
        requireFinite(parameters.length, i -> parameters[i]);
    }

    public void requireFinite(float[] parameters) {
        requireFinite(parameters.length, i -> parameters[i]);
    }

    private void requireFinite(int length, IntToDoubleFunction parameter) {
        boolean areFinite = Ranges.all(length, (from, to) -> {
            int at = from;
            while (at < to && Double.isFinite(parameter.applyAsDouble(at))) {
                at++;
            }
            return at == to;
        });
        if (!areFinite) {
            double first = IntStream.range(0, length)
                    .mapToDouble(parameter)
                    .filter(x -> !Double.isFinite(x))
                    .findFirst()
                    .getAsDouble();
            throw diverged("a parameter is %s, expected finite numbers".formatted(first));
        }
    }

    private DivergedException diverged(String found) {
        return new DivergedException("%s: %s; %s, or a clipNorm of 1".formatted(round, found, advice()));
    }

    private String advice() {
        if (rates.stream().allMatch(rate -> rate.value() == 0)) {
            return "the learning rate was still rising: try a smaller one";
        }
        String were = rising ? "rising to " : "";
        if (rates.size() == 1) {
            double rate = rates.get(0).value();
            return String.format(Locale.ROOT, "the learning rate was %s%s: try %.1g", were, rate, rate / 10);
        }
        String each = rates.stream()
                .map(rate -> rate.value() + " of the " + rate.group())
                .collect(Collectors.joining(", "));
        return "the learning rates were " + were + each + ": try a tenth of each";
    }

    /**
     * The sums of {@link LocalSteps}, decoded.
     *
     * @param means means of the measures over the rows processed; NaN if there were none
     * @param momentSteps number of steps behind the averaged moments: the weighted mean over the partitions, rounded;
     *     exact for one partition
     * @param steps number of steps taken by all partitions
     * @param rows number of rows processed by all partitions
     */
    record LocalSums(List<Double> means, long momentSteps, long steps, long rows) {
        static LocalSums of(Shards.Result result, int measures) {
            double[] sums = result.sums();
            List<Double> means = new ArrayList<>();
            for (int j = 0; j < measures; j++) {
                means.add(sums[j] / sums[measures + LocalSteps.WEIGHT]);
            }
            return new LocalSums(
                    means,
                    Math.round(sums[measures + LocalSteps.MOMENT_STEPS] / result.weight()),
                    (long) sums[measures + LocalSteps.STEPS],
                    (long) sums[measures + LocalSteps.ROWS]);
        }
    }
}
