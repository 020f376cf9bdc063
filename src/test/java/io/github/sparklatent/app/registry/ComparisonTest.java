package io.github.sparklatent.app.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.app.registry.Comparison.Scored;
import io.github.sparklatent.columns.ScoreColumn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The decision between two versions by their scores of the same rows. */
class ComparisonTest {
    private static final int ROWS = 1000;

    /** The least score, which the row of a density that underflows has. */
    private static final double FLOOR = -1e6;

    /** Rows with a gain of a normal distribution of this mean and deviation 0.5. */
    private static List<Scored> rows(double gain) {
        Random random = new Random(5);
        return new ArrayList<>(IntStream.range(0, ROWS)
                .mapToObj(i -> {
                    double champion = -3 + random.nextGaussian();
                    double challenger = champion + gain + 0.5 * random.nextGaussian();
                    return new Scored(i, 1, challenger, champion, Double.NaN);
                })
                .toList());
    }

    private static Comparison compared(List<Scored> rows, Optional<Map<String, Object>> earlier) {
        return Comparison.summary(
                new Comparison.Gated("1-2-3", rows), ScoreColumn.LOG_DENSITY, "log density", true, earlier, 1);
    }

    private static Comparison compared(List<Scored> rows) {
        return compared(rows, Optional.empty());
    }

    /** Five of 1,000 rows would otherwise move the mean gain by 5,000 nats. */
    @ParameterizedTest
    @ValueSource(doubles = {FLOOR, Double.NEGATIVE_INFINITY, Double.NaN})
    void aHandfulOfImpossibleRowsDoesNotDecide(double impossible) {
        List<Scored> better = rows(0.1);
        List<Scored> worse = rows(-0.1);
        for (int i = 0; i < 5; i++) {
            better.set(i, new Scored(i, 1, impossible, better.get(i).champion(), Double.NaN));
            worse.set(i, new Scored(i, 1, worse.get(i).challenger(), impossible, Double.NaN));
        }
        // The mean of 1,000 rows has a standard error of 0.016; five rows move it by about 0.02.
        assertThat(compared(better).gain()).isCloseTo(0.1, within(0.06));
        assertThat(compared(better).lower()).isPositive();
        assertThat(compared(worse).gain()).isCloseTo(-0.1, within(0.06));
        assertThat(compared(worse).lower()).isNegative();
        // At most the outer 1% of both tails of both versions.
        assertThat(compared(better).winsorised()).isBetween(0.02, 0.04);
    }

    @Test
    void aVersionThatGivesManyRowsImpossibleDensitiesLoses() {
        List<Scored> rows = rows(0.5);
        for (int i = 0; i < 0.03 * ROWS; i++) {
            rows.set(i, new Scored(i, 1, FLOOR, rows.get(i).champion(), Double.NaN));
        }
        assertThat(compared(rows).gain()).isLessThan(-1000);
        assertThat(compared(rows).lower()).isNegative();
    }

    /** Of 60 rows, 1% is less than one row. */
    @Test
    void oneRowOfFewDoesNotDecide() {
        List<Scored> rows = new ArrayList<>(rows(0.5).subList(0, 60));
        rows.set(7, new Scored(7, 1, FLOOR, rows.get(7).champion(), Double.NaN));
        assertThat(compared(rows).lower()).isPositive();
    }

    /** A row of weight w gives the figures of w equal rows. */
    @Test
    void weightsCountAsRepeatedRows() {
        List<Scored> weighted = new ArrayList<>();
        List<Scored> repeated = new ArrayList<>();
        for (Scored row : rows(0.1)) {
            // Low scores have large weights, so that a quantile without weights is another one.
            int weight = row.champion() < -4 ? 4 : 1 + (int) (row.hash() % 2);
            weighted.add(new Scored(row.hash(), weight, row.challenger(), row.champion(), Double.NaN));
            for (int copy = 0; copy < weight; copy++) {
                repeated.add(row);
            }
        }
        repeated.sort(Comparator.comparingLong(Scored::hash));
        Optional<Map<String, Object>> earlier = Optional.of(Map.of("low", -5.0, "effectiveRows", 1000));
        Comparison one = compared(weighted, earlier);
        Comparison many = compared(repeated, earlier);
        assertThat(one.low())
                .isEqualTo(many.low())
                .isNotEqualTo(compared(rows(0.1)).low());
        assertThat(one.lowShare()).isCloseTo(many.lowShare(), within(1e-12));
        assertThat(one.lowShareRose()).isEqualTo(many.lowShareRose());
        assertThat(one.effectiveRows()).isEqualTo(many.effectiveRows()).isEqualTo(repeated.size());
        assertThat(one.winsorised()).isCloseTo(many.winsorised(), within(1e-12));
        assertThat(one.mean()).isCloseTo(many.mean(), within(1e-12));
        assertThat(one.gain()).isCloseTo(many.gain(), within(1e-12));
        assertThat(one.lower()).isCloseTo(many.lower(), within(1e-12));
    }

    /** Only ratios of weights below one mean anything. */
    @Test
    void theUnitOfSmallWeightsDoesNotMatter() {
        List<Scored> small = rows(0.1).stream()
                .map(r -> new Scored(r.hash(), 1e-3, r.challenger(), r.champion(), Double.NaN))
                .toList();
        Comparison one = compared(small);
        Comparison other = compared(rows(0.1));
        assertThat(one.effectiveRows()).isCloseTo(ROWS, within(1e-9));
        assertThat(one.gain()).isCloseTo(other.gain(), within(1e-12));
        assertThat(one.lower()).isCloseTo(other.lower(), within(1e-12));
    }
}
