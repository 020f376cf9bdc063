package io.github.sparklatent.gan;

import io.github.sparklatent.learn.averaging.NetworkRound;
import io.github.sparklatent.learn.stage.StageRecord;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The measures of one evaluation of an adversarial game, and warnings about them. The losses alone do not show whether
 * a generator has collapsed or learnt.
 *
 * @param generatorLoss −log D(G(z))
 * @param discriminatorLoss loss of the discriminator
 * @param realAccuracy share of the real rows that the discriminator classifies as real
 * @param fakeAccuracy share of the generated rows that the discriminator classifies as generated
 * @param coverage coverage of the real rows by the generated rows
 */
public record AdversarialHealth(
        double generatorLoss, double discriminatorLoss, double realAccuracy, double fakeAccuracy, double coverage) {
    /**
     * Coverage below which modes are missing: a generator of one of five equally frequent modes has a coverage of 0.2,
     * and a single repeated row has 0.04 of 128 rows.
     */
    private static final double LEAST_COVERAGE = 0.2;

    /** A discriminator that outputs ½ for every row has a loss of 1.39. */
    private static final double GREATEST_LOSS = 10;

    /** Share of correct rows above which the generator hardly has a gradient. */
    private static final double ALL = 0.99;

    /** Share of correct rows below which the discriminator classifies all rows alike. */
    private static final double NONE = 0.01;

    /**
     * Part of a game over which a problem must have lasted. In games on the digits the coverage starts at 0 and is
     * above its minimum after 6 of 100 epochs.
     */
    private static final double LAST = 0.1;

    /** Evaluations over which a problem must have lasted, in a game of any length. */
    private static final int LEAST_EVALUATIONS = 3;

    /**
     * Part of a game after which a collapse ends it. In games with 30 epochs on the digits, the coverage is above its
     * minimum from the 15th on; on 5,000 rows of the Adult table in none, on all 32,561 from the 11th on.
     */
    private static final double HOPELESS = 2.0 / 3;

    /** Evaluations that a collapse must have lasted to end a game: the digits take 14. */
    private static final int HOPELESS_EVALUATIONS = 20;

    /** Rounding error of a number of epochs, as a share of it. */
    private static final double ROUNDING = 1e-9;

    /** Problems of a game. */
    public enum GameProblem {
        /** The generator's loss is not finite. */
        GENERATOR_DIVERGED(true),
        /** The discriminator's loss is far too large. */
        DISCRIMINATOR_DIVERGED(true),
        /** The generator makes few modes. */
        COLLAPSED(false),
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
     * @param names names of the measures, which include those of {@link AdversarialMeasures}
     * @param values values of the measures, in the same order
     */
    public static AdversarialHealth of(List<String> names, List<Double> values) {
        return new AdversarialHealth(
                values.get(names.indexOf(AdversarialMeasures.GENERATOR_LOSS)),
                values.get(names.indexOf(AdversarialMeasures.DISCRIMINATOR_LOSS)),
                values.get(names.indexOf(AdversarialMeasures.REAL_ACCURACY)),
                values.get(names.indexOf(AdversarialMeasures.FAKE_ACCURACY)),
                values.get(names.indexOf(AdversarialMeasures.COVERAGE)));
    }

    /**
     * Returns warnings about a game so far, as sentences. A generator starts with one mode and a discriminator starts
     * untrained, so one bad value is no evidence. A problem is reported if it was there in each of the last three
     * evaluations, and in all of the last tenth of the game's epochs. A diverged loss is reported at once. The method
     * uses the measures of the held-out rows if they were evaluated, else of the training rows of each round. Nothing
     * is reported if the measures do not belong to a game.
     *
     * @param names names of the measures
     * @param rounds records of the rounds so far
     * @param maxEpochs maximum of epochs of the game
     */
    public static Map<GameProblem, String> warnings(List<String> names, List<NetworkRound> rounds, double maxEpochs) {
        return lasting(names, rounds, LAST * maxEpochs, LEAST_EVALUATIONS);
    }

    /**
     * Returns why a game is to end before its last epoch; empty if it is not. The generator must have been collapsed in
     * each of the last 20 evaluations, and for two thirds of the epochs. Arguments as in {@link #warnings(List, List,
     * double)}.
     */
    public static Optional<String> failure(List<String> names, List<NetworkRound> rounds, double maxEpochs) {
        Map<GameProblem, String> lasting = lasting(names, rounds, HOPELESS * maxEpochs, HOPELESS_EVALUATIONS);
        return Optional.ofNullable(lasting.get(GameProblem.COLLAPSED))
                .map(sentence ->
                        sentence("round %d: ", rounds.get(rounds.size() - 1).number())
                                + sentence
                                + sentence(
                                        ", in all of the last %.0f of %.0f epochs: for a"
                                                + " table of mixed columns use model.type ="
                                                + " mixture or vae; else give the discriminator"
                                                + " a smaller rate (train.discriminatorLearningRate),"
                                                + " set model.gradientPenalty = 0.1 or more, or"
                                                + " raise train.maxEpochs",
                                        HOPELESS * maxEpochs, maxEpochs));
    }

    /** Returns the problems that have lasted for some epochs and evaluations; modifiable. */
    private static Map<GameProblem, String> lasting(
            List<String> names, List<NetworkRound> rounds, double epochs, int evaluations) {
        if (!names.contains(AdversarialMeasures.COVERAGE)) {
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
        double since = judged.get(judged.size() - 1).epochs() - epochs;
        long late = judged.stream().filter(round -> round.epochs() > since).count();
        int from = judged.size() - (int) Math.max(late, evaluations);
        boolean early = from < 0 || since < -ROUNDING * epochs;
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
        if (!(discriminatorLoss <= GREATEST_LOSS)) {
            found.put(
                    GameProblem.DISCRIMINATOR_DIVERGED,
                    sentence(
                            "the discriminator has diverged: its loss is %.4g, expected about 1.4" + " or less",
                            discriminatorLoss));
        }
        if (coverage < LEAST_COVERAGE) {
            found.put(
                    GameProblem.COLLAPSED,
                    sentence(
                            "the generator has collapsed: coverage %.2f, expected about 1: it makes"
                                    + " few kinds of rows",
                            coverage));
        }
        if (Math.min(realAccuracy, fakeAccuracy) >= ALL) {
            found.put(
                    GameProblem.ALL_SEPARATED,
                    sentence(
                            "the discriminator separates all rows: accuracy %.2f of real and %.2f"
                                    + " of generated rows: the generator learns little from it",
                            realAccuracy, fakeAccuracy));
        } else if (Math.min(realAccuracy, fakeAccuracy) <= NONE) {
            boolean real = realAccuracy > fakeAccuracy;
            found.put(
                    real ? GameProblem.ALL_REAL : GameProblem.ALL_GENERATED,
                    sentence(
                            "the discriminator classifies all rows as %s: accuracy %.2f of real and"
                                    + " %.2f of generated rows",
                            real ? "real" : "generated", realAccuracy, fakeAccuracy));
        }
        return found;
    }

    private static String sentence(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
