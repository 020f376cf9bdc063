package io.github.sparklatent.gan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.LearningRate;
import io.github.sparklatent.learn.NetworkRound;
import io.github.sparklatent.learn.StageRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdversarialHealthTest {
    private static final List<String> NAMES =
            List.of(
                    "generatorLoss",
                    "discriminatorLoss",
                    "realAccuracy",
                    "fakeAccuracy",
                    "coverage");

    private static final List<LearningRate> RATES = List.of(new LearningRate("model", 1e-3));

    private static List<String> warnings(Double... values) {
        return AdversarialHealth.of(NAMES, List.of(values)).warnings();
    }

    @Test
    void saysNothingOfAGameThatIsWell() {
        assertThat(warnings(0.7, 1.38, 0.55, 0.5, 0.9)).isEmpty();
    }

    @Test
    void namesACollapse() {
        assertThat(warnings(0.7, 1.38, 0.55, 0.5, 0.04))
                .containsExactly(
                        "the generator has collapsed: coverage 0.04, expected about 1: it makes few"
                                + " kinds of rows");
    }

    @Test
    void namesADiscriminatorThatHasWon() {
        assertThat(warnings(9.0, 0.01, 1.0, 0.995, 0.5))
                .containsExactly(
                        "the discriminator tells all rows apart: accuracy 1.00 of real and 1.00 of"
                                + " generated rows: the generator learns little from it");
    }

    @Test
    void namesADiscriminatorThatSaysTheSameOfAllRows() {
        assertThat(warnings(0.1, 3.0, 1.0, 0.0, 0.5))
                .containsExactly(
                        "the discriminator takes all rows for real ones: accuracy 1.00 of real and"
                                + " 0.00 of generated rows");
        assertThat(warnings(5.0, 3.0, 0.005, 0.9, 0.5))
                .singleElement()
                .asString()
                .contains("takes all rows for generated ones");
    }

    @Test
    void namesTheDivergenceOfEitherPlayer() {
        assertThat(warnings(Double.NaN, Double.POSITIVE_INFINITY, 0.5, 0.5, 0.9))
                .containsExactly(
                        "the generator has diverged: its loss is NaN",
                        "the discriminator has diverged: its loss is Infinity, expected about 1.4"
                                + " or less");
        assertThat(warnings(0.7, 12.345, 0.5, 0.5, 0.9))
                .containsExactly(
                        "the discriminator has diverged: its loss is 12.35, expected about 1.4 or"
                                + " less");
    }

    private static NetworkRound round(List<Double> measures, List<Double> heldOut, long rows) {
        return new NetworkRound(1, 1, measures, heldOut, List.of(), rows, 1, RATES, 0, 0, 0, 0, 0);
    }

    @Test
    void speaksOfTheHeldOutRowsOfAStagesLastRound() {
        List<Double> well = List.of(0.7, 1.38, 0.55, 0.5, 0.9);
        List<Double> collapsed = List.of(0.7, 1.38, 0.55, 0.5, 0.04);
        assertThat(ended(round(collapsed, well, 9))).isEmpty();
        assertThat(ended(round(well, collapsed, 9))).hasSize(1);
        assertThat(ended(round(collapsed, List.of(), 9))).hasSize(1);
        assertThat(ended(round(collapsed, List.of(), 9), round(well, List.of(), 9))).isEmpty();
        assertThat(ended()).isEmpty();
    }

    @Test
    void saysNothingOfRoundsThatMetNoRowsAndOfStagesThatAreNoGames() {
        List<Double> nothing = List.of(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        assertThat(ended(round(nothing, List.of(), 0))).isEmpty();
        StageRecord plain =
                new StageRecord(
                        "encoder",
                        List.of(),
                        List.of("loss", "kl"),
                        List.of(round(List.of(1.0, 2.0), List.of(), 9)));
        assertThat(AdversarialHealth.warnings(plain)).isEmpty();
    }

    private static List<String> ended(NetworkRound... rounds) {
        return AdversarialHealth.warnings(
                new StageRecord("game", List.of(), NAMES, List.of(rounds)));
    }

    /** The measures of a model that has others beside them, in another order. */
    @Test
    void findsItsMeasuresByName() {
        AdversarialHealth health =
                AdversarialHealth.of(
                        List.of(
                                "loss",
                                "coverage",
                                "fakeAccuracy",
                                "realAccuracy",
                                "discriminatorLoss",
                                "generatorLoss"),
                        List.of(9.0, 1.0, 2.0, 3.0, 4.0, 5.0));
        assertThat(health).isEqualTo(new AdversarialHealth(5, 4, 3, 2, 1));
    }
}
