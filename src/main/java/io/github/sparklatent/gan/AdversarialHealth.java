package io.github.sparklatent.gan;

import io.github.sparklatent.learn.averaging.NetworkRound;
import io.github.sparklatent.learn.stage.StageRecord;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The measures of one evaluation of an adversarial game, and warnings about them.
 *
 * @param generatorLoss −log D(G(z))
 * @param discriminatorLoss loss of the discriminator
 * @param realAccuracy share of the real rows that the discriminator classifies as real
 * @param fakeAccuracy share of the generated rows that the discriminator classifies as generated
 */
public record AdversarialHealth(
        double generatorLoss, double discriminatorLoss, double realAccuracy, double fakeAccuracy) {
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
        GENERATOR_DIVERGED(true),
        /** The discriminator's loss is far too large. */
        DISCRIMINATOR_DIVERGED(true),
        /** The discriminator classifies nearly all rows correctly. */
        ALL_SEPARATED(false),
        /** The discriminator classifies all rows as real. */
        ALL_REAL(false),
        /** The discriminator classifies all rows as generated. */
        ALL_GENERATED(false);

        /** Whether the problem never disappears by itself. */
        private final boolean permanent;

        GameProblem(boolean permanent) {
            this.permanent = permanent;
        }
    }

    /**
     * Reads the measures of a round.
     *
     * @param names names of the measures, which include {@link GameObjective#GAME_MEASURES}
     * @param values values of the measures, in the same order
     */
    public static AdversarialHealth of(List<String> names, List<Double> values) {
        return new AdversarialHealth(
                values.get(names.indexOf(GameObjective.GENERATOR_LOSS)),
                values.get(names.indexOf(GameObjective.DISCRIMINATOR_LOSS)),
                values.get(names.indexOf(GameObjective.REAL_ACCURACY)),
                values.get(names.indexOf(GameObjective.FAKE_ACCURACY)));
    }

    /**
     * Returns warnings about a game so far, as sentences. Both players start untrained, so one bad value is no
     * evidence. A problem is reported if it was there in each of the last three evaluations, and in all of the last
     * tenth of the game's epochs. A diverged loss is reported at once. The method uses the measures of the held-out
     * rows if they were evaluated, else of the training rows of each round. Nothing is reported if the measures do not
     * belong to a game.
     *
     * @param names names of the measures
     * @param rounds records of the rounds so far
     * @param maxEpochs maximum of epochs of the game
     */
    public static Map<GameProblem, String> warnings(List<String> names, List<NetworkRound> rounds, double maxEpochs) {
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
        Map<GameProblem, String> lasting =
                of(names, judged.get(judged.size() - 1)).found();
        for (NetworkRound round : judged.subList(Math.max(0, from), judged.size())) {
            Set<GameProblem> found = of(names, round).found().keySet();
            lasting.keySet().removeIf(problem -> !problem.permanent && (early || !found.contains(problem)));
        }
        return lasting;
    }

    /** Returns warnings about the end of a stage, as above. */
    public static List<String> warnings(StageRecord stage) {
        int last = stage.rounds().size() - 1;
        return last < 0
                ? List.of()
                : List.copyOf(warnings(
                                stage.measures(),
                                stage.rounds(),
                                stage.rounds().get(last).epochs())
                        .values());
    }

    private static AdversarialHealth of(List<String> names, NetworkRound round) {
        return of(names, round.heldOut().isEmpty() ? round.measures() : round.heldOut());
    }

    /** Returns sentences about the problems in these measures; a modifiable map. */
    private Map<GameProblem, String> found() {
        Map<GameProblem, String> found = new EnumMap<>(GameProblem.class);
        if (!Double.isFinite(generatorLoss)) {
            found.put(
                    GameProblem.GENERATOR_DIVERGED,
                    sentence("the generator has diverged: its loss is %s", generatorLoss));
        }
        if (!(discriminatorLoss <= MAX_LOSS)) {
            found.put(
                    GameProblem.DISCRIMINATOR_DIVERGED,
                    sentence(
                            "the discriminator has diverged: its loss is %.4g, expected about 1.4 or less",
                            discriminatorLoss));
        }
        if (Math.min(realAccuracy, fakeAccuracy) >= ALL) {
            found.put(
                    GameProblem.ALL_SEPARATED,
                    sentence(
                            "the discriminator separates all rows: accuracy %.2f of real and %.2f of generated rows: the generator learns little from it",
                            realAccuracy, fakeAccuracy));
        } else if (Math.min(realAccuracy, fakeAccuracy) <= NONE) {
            boolean real = realAccuracy > fakeAccuracy;
            found.put(
                    real ? GameProblem.ALL_REAL : GameProblem.ALL_GENERATED,
                    sentence(
                            "the discriminator classifies all rows as %s: accuracy %.2f of real and %.2f of generated rows",
                            real ? "real" : "generated", realAccuracy, fakeAccuracy));
        }
        return found;
    }

    private static String sentence(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
