package io.github.sparklatent.report.network;

import io.github.sparklatent.learn.optimizer.LearningRate;
import io.github.sparklatent.report.network.LearningSection.Losses;
import io.github.sparklatent.report.network.LearningSection.Round;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Made-up rounds of a network, whose loss falls quickly and then slowly.
 *
 * @param perEpoch rounds of an epoch
 * @param scale of all losses
 * @param variational whether they have two parts
 * @param encoder whether there are losses
 * @param heldOut whether held-out rows are evaluated, after each epoch
 */
record MadeUpRounds(int perEpoch, double scale, boolean variational, boolean encoder, boolean heldOut) {
    static final double KEPT_LOSS = 96.5;
    private static final double FIRST_LOSS = 540;

    List<Round> of(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(this::round).toList();
    }

    private Round round(int number) {
        double epochs = number / (double) perEpoch;
        boolean evaluated = heldOut && number % perEpoch == 0;
        double noise = 1.5 * (MadeUpRows.hash(number) - 0.5);
        double late = Math.max(0, epochs - 10);
        return new Round(
                number,
                epochs,
                losses(loss(epochs) + noise, epochs),
                evaluated ? losses(loss(epochs) + 3 + 0.05 * late, epochs) : Losses.NONE,
                encoder && evaluated && epochs > 1 ? scale * (loss(epochs) + 1.5) : Double.NaN,
                List.of(new LearningRate("model", 1e-3 * Math.pow(0.9, Math.floor(epochs / 4)))),
                1617,
                0.012,
                0.31 + 0.08 * MadeUpRows.hash(number),
                0.06 + 0.02 * MadeUpRows.hash(-number),
                0.004,
                evaluated ? 0.08 : 0);
    }

    private static double loss(double epochs) {
        return KEPT_LOSS + FIRST_LOSS * Math.exp(-3 * epochs) + 60 * Math.exp(-epochs / 3);
    }

    private Losses losses(double loss, double epochs) {
        if (!encoder) {
            return Losses.NONE;
        }
        double kl = 22 * (1 - Math.exp(-epochs / 2));
        return variational
                ? new Losses(scale * loss, scale * (loss - kl), scale * kl)
                : new Losses(scale * loss, Double.NaN, Double.NaN);
    }
}
