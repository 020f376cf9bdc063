package io.github.sparklatent.gan;

import io.github.sparklatent.learn.averaging.NetworkRound;
import io.github.sparklatent.learn.stage.StageRecord;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Warnings about the measures of an adversarial game, m_1 to m_4 in the order of {@link GameObjective#GAME_MEASURES}.
 */
public final class AdversarialHealth {
    /** A discriminator that outputs ½ for every row has a loss of 1.39. */
    private static final double MAX_LOSS = 10;

    /** Share of correct rows above which the generator hardly has a gradient. */
    private static final double ALL = 0.99;

    /** Share of correct rows below which the discriminator classifies all rows alike. */
    private static final double NONE = 0.01;

    /** Part of a game over which a problem must have lasted. */
    private static final double LAST = 0.1;

    /** Evaluations over which a problem must have lasted, in a game of any length. */
    private static final int MIN_EVALUATIONS = 3;

    /** Rounding error of a number of epochs, as a share of it. */
    private static final double ROUNDING = 1e-9;

    /** Problems of a game. */
    public enum GameProblem {
        /** The generator's loss is not finite. */
        GENERATOR_DIVERGED("the generator has diverged: its loss is %1$s"),
        /** The discriminator's loss is far too large. */
        DISCRIMINATOR_DIVERGED("the discriminator has diverged: its loss is %2$.4g, expected about 1.4 or less"),
        /** The discriminator classifies nearly all rows correctly. */
        ALL_SEPARATED("the discriminator separates all rows: accuracy %3$.2f of real and %4$.2f of generated rows: the"
                + " generator learns little from it"),
        /** The discriminator classifies all rows as real. */
        ALL_REAL("the discriminator classifies all rows as real: accuracy %3$.2f of real and %4$.2f of generated rows"),
        /** The discriminator classifies all rows as generated. */
        ALL_GENERATED("the discriminator classifies all rows as generated: accuracy %3$.2f of real and"
                + " %4$.2f of generated rows");

        private final String sentence;

        GameProblem(String sentence) {
            this.sentence = sentence;
        }

        /** Returns whether the problem never disappears by itself. */
        private boolean isPermanent() {
            return this == GENERATOR_DIVERGED || this == DISCRIMINATOR_DIVERGED;
        }

        private boolean isIn(Double[] measures) {
            double least = Math.min(measures[2], measures[3]);
            return switch (this) {
                case GENERATOR_DIVERGED -> !Double.isFinite(measures[0]);
                case DISCRIMINATOR_DIVERGED -> !(measures[1] <= MAX_LOSS);
                case ALL_SEPARATED -> least >= ALL;
                case ALL_REAL -> least <= NONE && measures[2] > measures[3];
                case ALL_GENERATED -> least <= NONE && !(measures[2] > measures[3]);
            };
        }
    }

    private AdversarialHealth() {}

    /**
     * Returns warnings about a game so far, as sentences. Both players start untrained, so one bad value is no
     * evidence. A problem is reported if it was there in each of the last three evaluations, and in all of the last
     * tenth of the game's epochs. A diverged loss is reported at once. The method uses the measures of the held-out
     * rows if they were evaluated, else of the training rows of each round. Nothing is reported if the measures do not
     * belong to a game.
     *
     * @param stage record of the rounds so far
     * @param maxEpochs maximum of epochs of the game
     */
    public static Map<GameProblem, String> warnings(StageRecord stage, double maxEpochs) {
        List<String> names = stage.measures();
        List<NetworkRound> rounds = stage.rounds();
        if (!names.contains(GameObjective.FAKE_ACCURACY)) {
            return Map.of();
        }
        List<NetworkRound> judged =
                rounds.stream().filter(round -> !round.heldOut().isEmpty()).toList();
        if (judged.isEmpty()) {
            judged = rounds.stream().filter(round -> round.rows() > 0).toList();
        }
        if (judged.isEmpty()) {
            return Map.of();
        }
        double since = judged.get(judged.size() - 1).epochs() - LAST * maxEpochs;
        long late = judged.stream().filter(round -> round.epochs() > since).count();
        int from = judged.size() - (int) Math.max(late, MIN_EVALUATIONS);
        boolean early = from < 0 || since < -ROUNDING * maxEpochs;
        Map<GameProblem, String> lasting = found(names, judged.get(judged.size() - 1));
        for (NetworkRound round : judged.subList(Math.max(0, from), judged.size())) {
            Set<GameProblem> found = found(names, round).keySet();
            lasting.keySet().removeIf(problem -> !problem.isPermanent() && (early || !found.contains(problem)));
        }
        return lasting;
    }

    /** Returns sentences about the problems in the measures of a round; a modifiable map. */
    private static Map<GameProblem, String> found(List<String> names, NetworkRound round) {
        List<Double> values = round.heldOut().isEmpty() ? round.measures() : round.heldOut();
        Double[] measures = GameObjective.GAME_MEASURES.stream()
                .map(name -> values.get(names.indexOf(name)))
                .toArray(Double[]::new);
        Map<GameProblem, String> found = new EnumMap<>(GameProblem.class);
        for (GameProblem problem : GameProblem.values()) {
            if (problem.isIn(measures)) {
                found.put(problem, String.format(Locale.ROOT, problem.sentence, (Object[]) measures));
            }
        }
        return found;
    }
}
