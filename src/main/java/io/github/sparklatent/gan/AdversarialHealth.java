package io.github.sparklatent.gan;

import io.github.sparklatent.learn.NetworkRound;
import io.github.sparklatent.learn.StageRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
     * Sentences about a round: about its held-out rows where they were evaluated, else about those
     * that it met. None where the measures are not those of a game.
     *
     * @param names of the measures
     */
    public static List<String> warnings(List<String> names, NetworkRound round) {
        boolean judged = !round.heldOut().isEmpty();
        if (!names.contains(AdversarialMeasures.COVERAGE) || !judged && round.rows() == 0) {
            return List.of();
        }
        return of(names, judged ? round.heldOut() : round.measures()).warnings();
    }

    /** Sentences about what a stage ended with: about its last round, as above. */
    public static List<String> warnings(StageRecord stage) {
        int last = stage.rounds().size() - 1;
        return last < 0 ? List.of() : warnings(stage.measures(), stage.rounds().get(last));
    }

    /** Sentences, none where both players are well. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (!Double.isFinite(generatorLoss)) {
            warnings.add(sentence("the generator has diverged: its loss is %s", generatorLoss));
        }
        if (!(discriminatorLoss <= GREATEST_LOSS)) {
            warnings.add(
                    sentence(
                            "the discriminator has diverged: its loss is %.4g, expected about 1.4"
                                    + " or less",
                            discriminatorLoss));
        }
        if (coverage < LEAST_COVERAGE) {
            warnings.add(
                    sentence(
                            "the generator has collapsed: coverage %.2f, expected about 1: it makes"
                                    + " few kinds of rows",
                            coverage));
        }
        if (Math.min(realAccuracy, fakeAccuracy) >= ALL) {
            warnings.add(
                    sentence(
                            "the discriminator tells all rows apart: accuracy %.2f of real and %.2f"
                                    + " of generated rows: the generator learns little from it",
                            realAccuracy, fakeAccuracy));
        } else if (Math.min(realAccuracy, fakeAccuracy) <= NONE) {
            warnings.add(
                    sentence(
                            "the discriminator takes all rows for %s: accuracy %.2f of real and"
                                    + " %.2f of generated rows",
                            realAccuracy > fakeAccuracy ? "real ones" : "generated ones",
                            realAccuracy,
                            fakeAccuracy));
        }
        return List.copyOf(warnings);
    }

    private static String sentence(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
