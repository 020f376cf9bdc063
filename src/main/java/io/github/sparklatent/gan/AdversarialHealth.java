package io.github.sparklatent.gan;

import io.github.sparklatent.learn.NetworkRound;
import io.github.sparklatent.learn.StageRecord;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a person should know of a round of an adversarial game: its losses alone do not tell a
 * generator that has collapsed from one that has learnt.
 *
 * @param generatorLoss −log D(G(z))
 * @param discriminatorLoss of the discriminator
 * @param realAccuracy share of the real rows that the discriminator takes for real
 * @param fakeAccuracy share of the generated rows that it takes for generated
 * @param coverage of the real rows by the generated ones
 */
public record AdversarialHealth(
        double generatorLoss,
        double discriminatorLoss,
        double realAccuracy,
        double fakeAccuracy,
        double coverage) {
    /** One of five equally frequent kinds of rows; of 128 rows a single one repeated has 0.04. */
    private static final double LEAST_COVERAGE = 0.2;

    /** Who says ½ of every row has a loss of 1.39; so much more is certain of what is wrong. */
    private static final double GREATEST_LOSS = 10;

    /** So many rows judged rightly leave the generator hardly a slope to follow. */
    private static final double ALL = 0.99;

    /** So few rows judged rightly: the discriminator says the same of all. */
    private static final double NONE = 0.01;

    /**
     * Part of a game over which a figure must have stayed bad: of the digits' games the coverage
     * begins at 0 and is above its least after 6 passes of 100.
     */
    private static final double LAST = 0.1;

    /** Evaluations in which it must have been bad, however short the game. */
    private static final int LEAST_EVALUATIONS = 3;

    /** What may go wrong. */
    public enum Ailment {
        GENERATOR_DIVERGED(true),
        DISCRIMINATOR_DIVERGED(true),
        COLLAPSED(false),
        ALL_TOLD_APART(false),
        ALL_TAKEN_FOR_REAL(false),
        ALL_TAKEN_FOR_GENERATED(false);

        /** Whether it does not pass by itself. */
        private final boolean atOnce;

        Ailment(boolean atOnce) {
            this.atOnce = atOnce;
        }
    }

    /**
     * Of the measures of a round.
     *
     * @param names of the measures; those of {@link AdversarialMeasures} are among them
     * @param values of the measures, in the same order
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
     * Sentences about a game as it goes on. A generator begins by making one kind of rows and a
     * discriminator by knowing none, so a figure that is bad once says little: a sentence is said
     * of what has been so in each of the last three evaluations, and in all that the last tenth of
     * the game's passes has. A loss that is beyond all bounds is told at once. What is looked at is
     * the held-out rows where they were evaluated, else the rows that each round met. Nothing is
     * said where the measures are not those of a game.
     *
     * @param names of the measures
     * @param rounds so far
     * @param maxPasses of the game
     */
    public static Map<Ailment, String> warnings(
            List<String> names, List<NetworkRound> rounds, double maxPasses) {
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
        double since = judged.get(judged.size() - 1).passes() - LAST * maxPasses;
        long late = judged.stream().filter(round -> round.passes() > since).count();
        int from = judged.size() - (int) Math.max(late, LEAST_EVALUATIONS);
        boolean early = from < 0 || since < 0;
        Map<Ailment, String> said = of(names, judged.get(judged.size() - 1)).found();
        for (NetworkRound round : judged.subList(Math.max(0, from), judged.size())) {
            Set<Ailment> found = of(names, round).found().keySet();
            said.keySet()
                    .removeIf(ailment -> !ailment.atOnce && (early || !found.contains(ailment)));
        }
        return said;
    }

    /** Sentences about what a stage ended with, as above: of the last tenth of its passes. */
    public static List<String> warnings(StageRecord stage) {
        int last = stage.rounds().size() - 1;
        return last < 0
                ? List.of()
                : List.copyOf(
                        warnings(
                                        stage.measures(),
                                        stage.rounds(),
                                        stage.rounds().get(last).passes())
                                .values());
    }

    private static AdversarialHealth of(List<String> names, NetworkRound round) {
        return of(names, round.heldOut().isEmpty() ? round.measures() : round.heldOut());
    }

    /** Sentences about these figures as they are; none where both players are well. Modifiable. */
    private Map<Ailment, String> found() {
        Map<Ailment, String> found = new EnumMap<>(Ailment.class);
        if (!Double.isFinite(generatorLoss)) {
            found.put(
                    Ailment.GENERATOR_DIVERGED,
                    sentence("the generator has diverged: its loss is %s", generatorLoss));
        }
        if (!(discriminatorLoss <= GREATEST_LOSS)) {
            found.put(
                    Ailment.DISCRIMINATOR_DIVERGED,
                    sentence(
                            "the discriminator has diverged: its loss is %.4g, expected about 1.4"
                                    + " or less",
                            discriminatorLoss));
        }
        if (coverage < LEAST_COVERAGE) {
            found.put(
                    Ailment.COLLAPSED,
                    sentence(
                            "the generator has collapsed: coverage %.2f, expected about 1: it makes"
                                    + " few kinds of rows",
                            coverage));
        }
        if (Math.min(realAccuracy, fakeAccuracy) >= ALL) {
            found.put(
                    Ailment.ALL_TOLD_APART,
                    sentence(
                            "the discriminator tells all rows apart: accuracy %.2f of real and %.2f"
                                    + " of generated rows: the generator learns little from it",
                            realAccuracy, fakeAccuracy));
        } else if (Math.min(realAccuracy, fakeAccuracy) <= NONE) {
            boolean real = realAccuracy > fakeAccuracy;
            found.put(
                    real ? Ailment.ALL_TAKEN_FOR_REAL : Ailment.ALL_TAKEN_FOR_GENERATED,
                    sentence(
                            "the discriminator takes all rows for %s: accuracy %.2f of real and"
                                    + " %.2f of generated rows",
                            real ? "real ones" : "generated ones", realAccuracy, fakeAccuracy));
        }
        return found;
    }

    private static String sentence(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
