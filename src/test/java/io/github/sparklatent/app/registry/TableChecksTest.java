package io.github.sparklatent.app.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.app.config.GateSection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The comparison of tonight's table with the champion's. */
class TableChecksTest {
    private static final GateSection LIMITS =
            new GateSection(0.1, 1000, 0, 0.95, Map.of(), 0.5, 0.1, 3, 10, 0.1);
    private static final int COLUMNS = 5;

    private static TableSample sample(int rows, long seed, ToDoubleFunction<Random> first) {
        Random random = new Random(seed);
        List<double[]> values =
                IntStream.range(0, rows)
                        .mapToObj(
                                i -> {
                                    double[] row = random.doubles(COLUMNS).toArray();
                                    row[0] = first.applyAsDouble(random);
                                    return row;
                                })
                        .toList();
        return new TableSample(
                rows, IntStream.range(0, COLUMNS).mapToObj(j -> "x" + j).toList(), values);
    }

    private static TableChecks checks(TableSample before, TableSample after) {
        return TableChecks.of(
                Profile.parse(Profile.of(before).json()), after, Set.of("kept"), LIMITS);
    }

    /**
     * A fixed limit of 0.1 would report most of these tables. Each table is reported with
     * probability 0.01, so that 12 or more of 400 have probability 1e-3.
     */
    @Test
    void unchangedTablesOfAnySizeAreNotReported() {
        for (int rows : List.of(100, 1000)) {
            int reported = 0;
            int aboveFixedLimit = 0;
            for (int night = 0; night < 400; night++) {
                TableSample before = sample(rows, 2L * night, Random::nextGaussian);
                TableSample after = sample(rows, 2L * night + 1, Random::nextGaussian);
                TableChecks checks = checks(before, after);
                assertThat(checks.refusals()).isEmpty();
                reported += checks.warnings().isEmpty() ? 0 : 1;
                Profile.Feature feature = Profile.of(before).features().get(0);
                aboveFixedLimit +=
                        TableChecks.stability(feature.counts(), feature.count(after.observed(0)))
                                        > LIMITS.drift()
                                ? 1
                                : 0;
            }
            assertThat(reported).as("%d rows", rows).isLessThan(12);
            if (rows == 100) {
                assertThat(aboveFixedLimit).isGreaterThan(200);
            }
        }
    }

    @Test
    void aMovedColumnIsReported() {
        TableSample before = sample(2000, 1, Random::nextGaussian);
        assertThat(checks(before, sample(2000, 2, r -> 0.6 + r.nextGaussian())).warnings())
                .singleElement()
                .asString()
                .contains("column \"x0\" has drifted");
    }

    /** Two bins of 3:1 and 1:3 with half a value added to each. */
    @Test
    void theIndexIsTheFormula() {
        double p = 3.5 / 5;
        double expected = 2 * (p - (1 - p)) * Math.log(p / (1 - p));
        assertThat(TableChecks.stability(new long[] {3, 1}, new long[] {1, 3}))
                .isCloseTo(expected, within(1e-15));
    }

    @Test
    void anotherUnitOrAnEmptyColumnIsRefused() {
        TableSample before = sample(500, 1, Random::nextGaussian);
        assertThat(checks(before, sample(500, 2, r -> 100 * r.nextGaussian())).refusals())
                .singleElement()
                .asString()
                .contains("column \"x0\"", "is its unit the same");
        assertThat(checks(before, sample(500, 2, r -> 50 + r.nextGaussian())).refusals())
                .hasSize(1);
        assertThat(checks(before, sample(500, 2, r -> 1.0)).refusals()).hasSize(1);
        assertThat(
                        checks(
                                        before,
                                        sample(
                                                500,
                                                2,
                                                r ->
                                                        r.nextInt(2) == 0
                                                                ? Double.NaN
                                                                : r.nextGaussian()))
                                .refusals())
                .singleElement()
                .asString()
                .contains("missing values");
        assertThat(checks(before, sample(200, 2, Random::nextGaussian)).refusals())
                .singleElement()
                .asString()
                .contains("the table has 200 rows");
    }

    @Test
    void aColumnThatHasGoneIsNamed() {
        TableSample before = sample(500, 1, Random::nextGaussian);
        TableSample after =
                new TableSample(500, List.of("x0", "x1", "x2", "x3", "other"), before.values());
        assertThat(checks(before, after).refusals())
                .singleElement()
                .asString()
                .contains("no column \"x4\"");
    }

    /** A rare indicator has no scale: tomorrow it may be 0 in all rows. */
    @Test
    void rareIndicatorsAndRoundedConstantsAreNotRefused() {
        TableSample rare = sample(1000, 1, r -> r.nextInt(500) == 0 ? 1 : 0);
        assertThat(checks(rare, sample(1000, 2, r -> 0)).refusals()).isEmpty();
        TableSample constant = sample(999, 1, r -> 3.7);
        TableChecks same = checks(constant, sample(1000, 2, r -> 3.7));
        assertThat(same.refusals()).isEmpty();
        assertThat(same.warnings()).isEmpty();
    }

    @Test
    void aConstantThatHasChangedIsReported() {
        TableSample constant = sample(1000, 1, r -> 5);
        for (double other : new double[] {3, 7}) {
            assertThat(checks(constant, sample(1000, 2, r -> other)).warnings())
                    .singleElement()
                    .asString()
                    .contains("column \"x0\" has drifted");
        }
    }

    @Test
    void aColumnThatIsNoFeatureAnyMoreIsNotGone() {
        TableSample before = sample(500, 1, Random::nextGaussian);
        TableSample after =
                new TableSample(500, List.of("x0", "x1", "x2", "x3", "other"), before.values());
        assertThat(TableChecks.of(Profile.of(before), after, Set.of("x4"), LIMITS).refusals())
                .isEmpty();
    }

    @Test
    void ofManyColumnsTheFirstAreNamed() {
        int width = 50;
        List<double[]> low = new ArrayList<>();
        List<double[]> high = new ArrayList<>();
        Random random = new Random(1);
        for (int i = 0; i < 100; i++) {
            double[] row = random.doubles(width).toArray();
            low.add(row);
            high.add(Arrays.stream(row).map(x -> 1000 * x).toArray());
        }
        List<String> names = IntStream.range(0, width).mapToObj(j -> "x" + j).toList();
        assertThat(
                        checks(new TableSample(100, names, low), new TableSample(100, names, high))
                                .refusals())
                .hasSize(21)
                .last()
                .isEqualTo("and 30 more columns");
    }

    @Test
    void aColumnWithoutValuesHasAProfile() {
        TableSample empty = sample(50, 1, r -> Double.NaN);
        assertThat(checks(empty, empty).refusals()).isEmpty();
        assertThat(checks(empty, empty).warnings()).isEmpty();
    }
}
