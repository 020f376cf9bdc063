package io.github.sparklatent.report.network;

import io.github.sparklatent.report.network.GameRound.Verdicts;
import java.util.List;
import java.util.stream.IntStream;

/** Stages of a training, and a game in which the generator slowly catches up. */
final class MadeUpGame {
    private MadeUpGame() {}

    /** Equally long but for the last, which is twice as long. */
    static List<TrainingStage> stages(List<String> names, double epochs) {
        int all = names.size();
        double length = epochs / (all + 1);
        return IntStream.range(0, all)
                .mapToObj(i -> new TrainingStage(names.get(i), i * length, (i + 1 < all ? i + 1 : all + 1) * length))
                .toList();
    }

    /** @param holdout whether held-out rows are evaluated after each epoch */
    static List<GameRound> rounds(int count, int perEpoch, boolean holdout) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> round(number, number / (double) perEpoch, holdout && number % perEpoch == 0))
                .toList();
    }

    private static GameRound round(int number, double epochs, boolean evaluated) {
        double advantage = 0.3 * Math.exp(-epochs / 4);
        double noise = 0.08 * (MadeUpRows.hash(3 * number) - 0.5);
        return new GameRound(
                epochs,
                new Verdicts(
                        1.386 - advantage + noise,
                        0.693 + 2 * advantage - noise,
                        0.55 + advantage + noise,
                        0.52 + advantage - noise),
                evaluated
                        ? new Verdicts(1.39 - advantage, 0.7 + 2 * advantage, 0.5 + advantage, 0.53 + advantage)
                        : Verdicts.NONE);
    }
}
