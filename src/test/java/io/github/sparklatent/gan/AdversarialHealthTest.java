package io.github.sparklatent.gan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.Traffic;
import io.github.sparklatent.learn.averaging.NetworkRound;
import io.github.sparklatent.learn.optimizer.LearningRate;
import io.github.sparklatent.learn.stage.StageRecord;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdversarialHealthTest {
    private static final List<String> NAMES =
            List.of("generatorLoss", "discriminatorLoss", "realAccuracy", "fakeAccuracy");

    private static final List<LearningRate> RATES = List.of(new LearningRate("model", 1e-3));

    /** Of a game that has had these metrics for long enough. */
    private static Collection<String> warnings(Double... values) {
        List<Double> metrics = List.of(values);
        return ended(evaluated(metrics, metrics, metrics));
    }

    @Test
    void saysNothingOfAGameThatIsWell() {
        assertThat(warnings(0.7, 1.38, 0.55, 0.5)).isEmpty();
    }

    @Test
    void namesADiscriminatorThatHasWon() {
        assertThat(warnings(9.0, 0.01, 1.0, 0.995))
                .containsExactly("the discriminator separates all rows: accuracy 1.00 of real and 1.00 of"
                        + " generated rows: the generator learns little from it");
    }

    @Test
    void namesADiscriminatorThatSaysTheSameOfAllRows() {
        assertThat(warnings(0.1, 3.0, 1.0, 0.0))
                .containsExactly("the discriminator classifies all rows as real: accuracy 1.00 of real and"
                        + " 0.00 of generated rows");
        assertThat(warnings(5.0, 3.0, 0.005, 0.9))
                .singleElement()
                .asString()
                .contains("classifies all rows as generated");
    }

    @Test
    void namesTheDivergenceOfEitherPlayer() {
        assertThat(warnings(Double.NaN, Double.POSITIVE_INFINITY, 0.5, 0.5))
                .containsExactly(
                        "the generator has diverged: its loss is NaN",
                        "the discriminator has diverged: its loss is Infinity, expected about 1.4" + " or less");
        assertThat(warnings(0.7, 12.345, 0.5, 0.5))
                .containsExactly("the discriminator has diverged: its loss is 12.35, expected about 1.4 or" + " less");
    }

    private static NetworkRound round(List<Double> measures, List<Double> heldOut, long rows) {
        return round(1, measures, heldOut, rows);
    }

    private static NetworkRound round(double epochs, List<Double> measures, List<Double> heldOut, long rows) {
        return new NetworkRound(
                1, epochs, measures, heldOut, List.of(), rows, 1, RATES, 0, 0, 0, 0, 0, Traffic.inMemory(1));
    }

    private static final List<Double> WELL = List.of(0.7, 1.38, 0.55, 0.5);
    private static final List<Double> SEPARATED = List.of(0.7, 1.38, 1.0, 1.0);
    private static final List<Double> DIVERGED = List.of(Double.NaN, 1.38, 0.55, 0.5);

    /** Rounds of an epoch each whose held-out rows have these metrics. */
    @SafeVarargs
    private static NetworkRound[] evaluated(List<Double>... heldOut) {
        NetworkRound[] rounds = new NetworkRound[heldOut.length];
        for (int i = 0; i < rounds.length; i++) {
            rounds[i] = round(i + 1, WELL, heldOut[i], 9);
        }
        return rounds;
    }

    @Test
    void speaksOfTheHeldOutRowsElseOfThoseThatRoundsMet() {
        NetworkRound bad = round(SEPARATED, WELL, 9);
        assertThat(ended(bad, bad, bad)).isEmpty();
        assertThat(ended(evaluated(SEPARATED, SEPARATED, SEPARATED))).hasSize(1);
        NetworkRound met = round(SEPARATED, List.of(), 9);
        assertThat(ended(met, met, met)).hasSize(1);
        assertThat(ended(met, met, round(WELL, List.of(), 9))).isEmpty();
        assertThat(ended()).isEmpty();
    }

    @Test
    void aProblemIsReportedOnceItHasStayedForThreeEvaluations() {
        assertThat(ended(evaluated(SEPARATED))).isEmpty();
        assertThat(ended(evaluated(SEPARATED, SEPARATED))).isEmpty();
        assertThat(ended(evaluated(SEPARATED, WELL, SEPARATED, SEPARATED))).isEmpty();
        assertThat(ended(evaluated(WELL, SEPARATED, SEPARATED, SEPARATED))).hasSize(1);
    }

    @Test
    void ofALongGameItMustHaveStayedForATenth() {
        StageRecord five = stage(evaluated(WELL, SEPARATED, SEPARATED, SEPARATED, SEPARATED));
        assertThat(AdversarialHealth.warnings(five, 40)).hasSize(1);
        assertThat(AdversarialHealth.warnings(five, 50)).isEmpty();
        StageRecord four = stage(evaluated(SEPARATED, SEPARATED, SEPARATED, SEPARATED));
        assertThat(AdversarialHealth.warnings(four, 40)).hasSize(1);
        assertThat(AdversarialHealth.warnings(four, 41)).isEmpty();
    }

    @Test
    void aLossBeyondAllBoundsIsToldAtOnce() {
        assertThat(ended(evaluated(WELL, DIVERGED))).containsExactly("the generator has diverged: its loss is NaN");
    }

    @Test
    void saysNothingOfRoundsThatMetNoRowsAndOfStagesThatAreNoGames() {
        List<Double> nothing = List.of(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        assertThat(ended(round(nothing, List.of(), 0))).isEmpty();
        StageRecord plain = new StageRecord(
                "encoder", List.of(), List.of("loss", "kl"), List.of(round(List.of(1.0, 2.0), List.of(), 9)));
        assertThat(ended(plain)).isEmpty();
    }

    private static StageRecord stage(NetworkRound... rounds) {
        return new StageRecord("game", List.of(), NAMES, List.of(rounds));
    }

    private static Collection<String> ended(NetworkRound... rounds) {
        return ended(stage(rounds));
    }

    private static Collection<String> ended(StageRecord stage) {
        return AdversarialHealth.warnings(stage, stage.epochs()).values();
    }

    /** The measures of a model that has others beside them, in another order. */
    @Test
    void findsItsMeasuresByName() {
        NetworkRound round = round(List.of(9.0, 0.5, 0.004, 12.345, 0.7), List.of(), 9);
        assertThat(ended(new StageRecord(
                        "game",
                        List.of(),
                        List.of("loss", "fakeAccuracy", "realAccuracy", "discriminatorLoss", "generatorLoss"),
                        List.of(round, round, round))))
                .containsExactly(
                        "the discriminator has diverged: its loss is 12.35, expected about 1.4 or less",
                        "the discriminator classifies all rows as generated: accuracy 0.00 of real and 0.50 of"
                                + " generated rows");
    }
}
