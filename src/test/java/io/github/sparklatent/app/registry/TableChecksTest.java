package io.github.sparklatent.app.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.cluster.table.TableSample;
import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.columns.TableProfile;
import io.github.sparklatent.columns.TableProfile.ColumnProfile;
import io.github.sparklatent.columns.TableProfile.StabilityIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The comparison of tonight's table with the champion's. */
class TableChecksTest {
    private static final int COLUMNS = 5;

    private static TableSample sample(int rows, long seed, ToDoubleFunction<Random> first) {
        Random random = new Random(seed);
        List<double[]> values = IntStream.range(0, rows)
                .mapToObj(i -> {
                    double[] row = random.doubles(COLUMNS).toArray();
                    row[0] = first.applyAsDouble(random);
                    return row;
                })
                .toList();
        return sample(IntStream.range(0, COLUMNS).mapToObj(j -> "x" + j).toList(), values);
    }

    private static TableSample sample(List<String> names, List<double[]> values) {
        double[] ones = new double[values.size()];
        Arrays.fill(ones, 1);
        return new TableSample(values.size(), features(names), values, ones, new double[names.size()]);
    }

    private static List<Feature> features(List<String> names) {
        return names.stream().map(Feature::number).toList();
    }

    private static TableChecks checks(TableSample before, TableSample after) {
        return TableChecks.of(before.profile(), after, Set.of("kept"));
    }

    /**
     * A fixed limit of 0.1 would report most of these tables. Each table is reported with probability 0.01, so that 12
     * or more of 400 have probability 1e-3.
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
                ColumnProfile column = before.profile().columns().get(0);
                double[] counts = column.count(after.observed(0));
                aboveFixedLimit += column.index(counts, rows, 1).orElseThrow().value() > StabilityIndex.LIMIT ? 1 : 0;
            }
            assertThat(reported).as("%d rows", rows).isLessThan(12);
            if (rows == 100) {
                assertThat(aboveFixedLimit).isGreaterThan(100);
            }
        }
    }

    @Test
    void aMovedColumnIsReported() {
        TableSample before = sample(2000, 1, Random::nextGaussian);
        assertThat(checks(before, sample(2000, 2, r -> 0.8 + r.nextGaussian())).warnings())
                .singleElement()
                .asString()
                .contains("column \"x0\" has drifted");
    }

    /** Two bins of 3:1 and 1:3 with half a value added to each. */
    @Test
    void theIndexIsTheFormula() {
        double p = 3.5 / 5;
        double expected = 2 * (p - (1 - p)) * Math.log(p / (1 - p));
        assertThat(StabilityIndex.of(new double[] {3, 1}, 4, new double[] {1, 3}, 4, 1)
                        .value())
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
        assertThat(checks(before, sample(500, 2, r -> r.nextInt(2) == 0 ? Double.NaN : r.nextGaussian()))
                        .refusals())
                .singleElement()
                .asString()
                .contains("missing values");
        assertThat(checks(before, sample(200, 2, Random::nextGaussian)).refusals())
                .singleElement()
                .asString()
                .contains("the table has 200 rows");
    }

    /**
     * The index is 0.26. With one degree of freedom, chance explains 0.239 at the level of 0.002, and 0.311 with two.
     * The bin above the greatest value is empty, and is none of them.
     */
    @Test
    void binsThatAreAlwaysEmptyAreNotCounted() {
        TableSample before = indicator(24, 1);
        assertThat(checks(before, indicator(44, 1)).warnings())
                .singleElement()
                .asString()
                .contains("column \"x0\" has drifted", "limit 0.239");
        assertThat(checks(before, indicator(42, 1)).warnings()).isEmpty();
        // A value above the greatest one is in that bin.
        assertThat(checks(before, indicator(24, 2)).warnings())
                .singleElement()
                .asString()
                .contains("limit 0.311");
    }

    /** A column of 80 rows, in which some have a value and the others 0. */
    private static TableSample indicator(int some, double value) {
        TableSample sample = sample(80, 1, r -> 0);
        for (int i = 0; i < some; i++) {
            sample.values().get(i)[0] = value;
        }
        return sample;
    }

    @Test
    void aColumnThatHasGoneIsNamed() {
        TableSample before = sample(500, 1, Random::nextGaussian);
        TableSample after = sample(List.of("x0", "x1", "x2", "x3", "other"), before.values());
        assertThat(checks(before, after).refusals()).singleElement().asString().contains("no column \"x4\"");
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
        TableSample after = sample(List.of("x0", "x1", "x2", "x3", "other"), before.values());
        assertThat(TableChecks.of(before.profile(), after, Set.of("x4")).refusals())
                .isEmpty();
    }

    @Test
    void aColumnWithoutValuesHasAProfile() {
        TableSample empty = sample(50, 1, r -> Double.NaN);
        assertThat(checks(empty, empty).refusals()).isEmpty();
        assertThat(checks(empty, empty).warnings()).isEmpty();
    }

    /** The quantiles of a column of 92% zeros are 0, so its other values had one bin. */
    @Test
    void theOtherValuesOfAMostlyConstantColumnAreSeen() {
        ToDoubleFunction<Random> amounts = r -> r.nextInt(100) < 92 ? 0 : r.nextDouble();
        TableSample before = sample(5000, 1, amounts);
        assertThat(checks(before, sample(5000, 2, amounts)).refusals()).isEmpty();
        assertThat(checks(before, sample(5000, 2, amounts)).warnings()).isEmpty();
        // The amounts grow a hundredfold: another unit.
        assertThat(checks(before, sample(5000, 2, r -> 100 * amounts.applyAsDouble(r)))
                        .refusals())
                .singleElement()
                .asString()
                .contains("column \"x0\"", "is its unit the same");
        // They grow eightfold, or most of the zeros have gone: drift.
        assertThat(checks(before, sample(5000, 2, r -> 8 * amounts.applyAsDouble(r)))
                        .warnings())
                .singleElement()
                .asString()
                .contains("column \"x0\" has drifted");
        assertThat(checks(before, sample(5000, 2, r -> r.nextInt(100) < 70 ? 0 : r.nextDouble()))
                        .warnings())
                .singleElement()
                .asString()
                .contains("column \"x0\" has drifted");
    }

    /** A row of weight w gives the profile of w equal rows. */
    @Test
    void weightsCountAsRepeatedRows() {
        TableSample plain = sample(400, 1, r -> r.nextInt(3) == 0 ? 0 : Math.exp(2 * r.nextGaussian()));
        double[] weights =
                plain.values().stream().mapToDouble(row -> row[0] > 1 ? 3 : 1).toArray();
        List<double[]> repeated = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            for (int copy = 0; copy < weights[i]; copy++) {
                repeated.add(plain.values().get(i));
            }
        }
        TableSample weighted = new TableSample(400, plain.columns(), plain.values(), weights, new double[COLUMNS]);
        TableProfile one = weighted.profile();
        TableProfile many = sample(plain.columns().stream().map(Feature::name).toList(), repeated)
                .profile();
        for (int j = 0; j < COLUMNS; j++) {
            ColumnProfile a = one.columns().get(j);
            ColumnProfile b = many.columns().get(j);
            assertThat(a.sampled()).isEqualTo(b.sampled());
            assertThat(a.mean()).isCloseTo(b.mean(), within(1e-12));
            assertThat(a.deviation()).isCloseTo(b.deviation(), within(1e-12));
            assertThat(a.values()).containsExactly(b.values());
            assertThat(a.edges()).containsExactly(b.edges());
            assertThat(a.counts()).containsExactly(b.counts());
        }
        assertThat(one.columns().get(0).edges())
                .isNotEqualTo(plain.profile().columns().get(0).edges());
        // Weights that have changed are a change of the distribution.
        assertThat(checks(plain, weighted).warnings()).hasSize(1);
    }
}
