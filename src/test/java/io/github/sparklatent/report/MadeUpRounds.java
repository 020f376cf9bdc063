package io.github.sparklatent.report;

import io.github.sparklatent.learn.LearningRate;
import io.github.sparklatent.report.NetworkReport.Losses;
import io.github.sparklatent.report.NetworkReport.Round;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Made-up rounds of a network, whose loss falls quickly and then slowly.
 *
 * @param perPass rounds of a pass
 * @param scale of all losses
 * @param variational whether they have two parts
 * @param encoder whether there are losses
 * @param heldOut whether held-out rows are evaluated, after each pass
 */
record MadeUpRounds(
        int perPass, double scale, boolean variational, boolean encoder, boolean heldOut) {
    static final double KEPT_LOSS = 96.5;
    private static final double FIRST_LOSS = 540;

    List<Round> of(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(this::round).toList();
    }

    private Round round(int number) {
        double passes = number / (double) perPass;
        boolean evaluated = heldOut && number % perPass == 0;
        double noise = 1.5 * (MadeUpRows.hash(number) - 0.5);
        double late = Math.max(0, passes - 10);
        return new Round(
                number,
                passes,
                losses(loss(passes) + noise, passes),
                evaluated ? losses(loss(passes) + 3 + 0.05 * late, passes) : Losses.NONE,
                encoder && evaluated && passes > 1 ? scale * (loss(passes) + 1.5) : Double.NaN,
                List.of(new LearningRate("model", 1e-3 * Math.pow(0.9, Math.floor(passes / 4)))),
                1617,
                0.012,
                0.31 + 0.08 * MadeUpRows.hash(number),
                0.06 + 0.02 * MadeUpRows.hash(-number),
                0.004,
                evaluated ? 0.08 : 0);
    }

    private static double loss(double passes) {
        return KEPT_LOSS + FIRST_LOSS * Math.exp(-3 * passes) + 60 * Math.exp(-passes / 3);
    }

    private Losses losses(double loss, double passes) {
        if (!encoder) {
            return Losses.NONE;
        }
        double kl = 22 * (1 - Math.exp(-passes / 2));
        return variational
                ? new Losses(scale * loss, scale * (loss - kl), scale * kl)
                : new Losses(scale * loss, Double.NaN, Double.NaN);
    }
}
