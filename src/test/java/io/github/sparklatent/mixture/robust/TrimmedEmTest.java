package io.github.sparklatent.mixture.robust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.em.EmRounds;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.Parameters;
import io.github.sparklatent.mixture.SampleTables;
import io.github.sparklatent.mixture.TestMixtures;
import io.github.sparklatent.mixture.em.MixtureEm;
import io.github.sparklatent.mixture.em.StatisticsLayout;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.training.MixtureFit;
import io.github.sparklatent.mixture.training.MixtureOptions;
import io.github.sparklatent.mixture.training.MixtureTrainer;
import io.github.sparklatent.mixture.training.SearchListener;
import io.github.sparklatent.mixture.training.SearchListener.SearchState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.math3.util.MathArrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TrimmedEmTest {
    /** As for the likelihood of all rows: sums of d squares lose four of sixteen digits. */
    private static final double TWELVE_DIGITS = 1e-12;

    static List<Arguments> fits() {
        List<Arguments> fits = new ArrayList<>();
        for (CovarianceType type : CovarianceType.values()) {
            for (int components : new int[] {1, 3}) {
                fits.add(Arguments.of(type, components));
            }
        }
        return fits;
    }

    @ParameterizedTest(name = "{0}, components: {1}")
    @MethodSource("fits")
    void noRoundLowersTheLikelihoodOfTheKeptRows(CovarianceType type, int components) {
        DMatrixRMaj rows = SampleTables.rows("iris");
        MixtureOptions options =
                options(type, components, 0.2).withRegularization(0).withStopping(new StoppingRule(40, 0));
        List<Round> history = Fits.of(InMemoryRowBlocks.of(rows, 50), options).history();
        EmRounds.assertNeverFalls(history, TWELVE_DIGITS * rows.numCols, TWELVE_DIGITS);
    }

    /** A row that lacks a cell is as far out as its other cells are. */
    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void farRowsThatLackCellsAreLeftOut(CovarianceType type) {
        MixtureParameters start = TestMixtures.of(type, 1, 4, 1, 5, 8);
        DMatrixRMaj rows = TestMixtures.rowsAround(start, 200, 9);
        for (int i = 0; i < 20; i++) {
            for (int j = 0; j < rows.numCols; j++) {
                rows.add(i, j, 1000);
            }
        }
        DMatrixRMaj incomplete = rows.copy();
        for (int i = 0; i < rows.numRows; i++) {
            incomplete.set(i, i % rows.numCols, Double.NaN);
        }
        MixtureOptions options = options(type, 1, 0.1).withFactors(1);
        double[] means = Fits.of(InMemoryRowBlocks.of(incomplete, 50), options)
                .mixture()
                .gaussian()
                .means()
                .data;
        double[] clean = Fits.of(
                        InMemoryRowBlocks.of(CommonOps_DDRM.extract(incomplete, 20, 200, 0, 4), 50),
                        options.withRobust(RobustOptions.DEFAULT))
                .mixture()
                .gaussian()
                .means()
                .data;
        assertThat(means).containsExactly(clean, within(0.01)); // EM ends within its tolerance
    }

    /** The rows are sorted by density; plain EM makes one round with the others. */
    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void aRoundIsOneOfTheRowsOfGreatestDensity(CovarianceType type) {
        MixtureParameters start = TestMixtures.of(type, 2, 3, 2, 5, 8);
        DMatrixRMaj rows = TestMixtures.rowsAround(start, 200, 9);
        RowBlocks all = InMemoryRowBlocks.of(rows, 64);
        RowBlocks kept = InMemoryRowBlocks.of(densest(MixedMixture.of(start), rows, 150), 150);
        MixtureEm em = Fits.em(StatisticsLayout.of(start), 1e-6);
        TrimmedEm trimmed = new TrimmedEm(em, all, 0.25);
        MixedMixture mixture = MixedMixture.of(start);
        double[] sums = all.sums("test", trimmed.expectation(mixture)).sums();
        double[] expected = kept.sums("test", em.expectation(mixture)).sums();
        assertThat(trimmed.weight(sums)).isCloseTo(150, within(1e-9));
        assertThat(trimmed.objective(mixture, sums)).isCloseTo(em.objective(mixture, expected), within(1e-11));
        Parameters.assertClose(
                trimmed.update(mixture, sums, all, 0, false).model().gaussian(),
                em.update(mixture, expected, kept, 0, false).model().gaussian(),
                1e-10);
    }

    /** A tied covariance starts as that of all rows, so outliers can hold a component. */
    @ParameterizedTest
    @EnumSource(value = CovarianceType.class, names = "TIED", mode = EnumSource.Mode.EXCLUDE)
    void outliersTakeNoComponentAndMoveNoMean(CovarianceType type) {
        MixtureParameters truth = TestMixtures.of(type, 2, 3, 4, 0, 12);
        DMatrixRMaj rows = TestMixtures.rowsAround(truth, 400, 13);
        DMatrixRMaj odd = rows.copy();
        for (int i = 0; i < 40; i++) {
            for (int j = 0; j < 3; j++) {
                odd.set(10 * i, j, 60 + 20 * rows.get(10 * i, j));
            }
        }
        MixtureOptions options = options(type, 2, 0.15).withRestarts(4);
        MixtureParameters clean =
                Fits.of(InMemoryRowBlocks.of(rows, 100), options).mixture().gaussian();
        MixtureParameters robust =
                Fits.of(InMemoryRowBlocks.of(odd, 100), options).mixture().gaussian();
        for (int k = 0; k < 2; k++) {
            double[] mean = TestMatrices.row(clean.means(), k);
            int nearest = Parameters.nearest(robust, mean);
            assertThat(MathArrays.distance(TestMatrices.row(robust.means(), nearest), mean))
                    .isLessThan(0.5);
        }
    }

    /** Without a prior and with one; and with missing values. */
    @ParameterizedTest
    @CsvSource({"0, false", "1, false", "0, true"})
    void theFigureIsTheLikelihoodOfTheKeptRows(double prior, boolean missing) {
        DMatrixRMaj rows = SampleTables.rows("iris");
        for (int i = 0; missing && i < rows.numRows; i += 3) {
            rows.set(i, i % 4, Double.NaN);
        }
        MixtureFit fit = Fits.of(
                InMemoryRowBlocks.of(rows, 50),
                options(CovarianceType.FULL, 2, 0.2).withPriorRows(prior));
        double expected = Arrays.stream(new MixedDensity(fit.mixture()).logDensities(rows))
                .sorted()
                .skip(rows.numRows - 120L)
                .average()
                .orElseThrow();
        assertThat(fit.weight()).isCloseTo(120, within(1e-9));
        assertThat(fit.metrics().meanLogLikelihood()).isCloseTo(expected, within(1e-9));
        if (!missing) { // see missingValuesDoNotAddAComponent
            assertThat(fit.metrics().bic())
                    .isCloseTo(-240 * expected + fit.mixture().freeParameters() * Math.log(120), within(1e-6));
        }
    }

    @Test
    void aResumedFitHasTheSameBits() {
        RowBlocks data = InMemoryRowBlocks.of(SampleTables.rows("iris"), 50);
        MixtureOptions options = options(CovarianceType.FULL, 3, 0.2);
        List<SearchState> states = new ArrayList<>();
        SearchListener keeping = (description, round, maxRounds, state) -> states.add(state);
        MixedMixture whole = new MixtureTrainer(data, null, options, null, keeping)
                .fit()
                .best()
                .mixture();
        assertThat(states).hasSizeGreaterThan(3);
        MixedMixture resumed = new MixtureTrainer(data, null, options, null, SearchListener.none())
                .fit(states.get(2))
                .best()
                .mixture();
        TestMixtures.assertSame(resumed.parameters(), whole.parameters());
    }

    /** Two components keep rows with fewer values, and the log density of fewer values is less. */
    @Test
    void missingValuesDoNotAddAComponent() {
        DMatrixRMaj rows = TestMixtures.rowsAround(TestMixtures.of(CovarianceType.FULL, 1, 4, 2, 0, 21), 1000, 22);
        Random random = new Random(23);
        for (int i = 0; i < rows.getNumElements(); i++) {
            if (random.nextDouble() < 0.3) {
                rows.data[i] = Double.NaN;
            }
        }
        MixtureOptions options = options(CovarianceType.FULL, 1, 0.3).withComponents(List.of(1, 2));
        MixtureFit fit = Fits.of(InMemoryRowBlocks.of(rows, 250), options);
        assertThat(fit.metrics().components()).isEqualTo(1);
    }

    /** Returns the rows of greatest density, in their order. */
    static DMatrixRMaj densest(MixedMixture mixture, DMatrixRMaj rows, int count) {
        double[] densities = new MixedDensity(mixture).logDensities(rows);
        return new DMatrixRMaj(IntStream.range(0, rows.numRows)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -densities[i]))
                .limit(count)
                .sorted()
                .map(i -> TestMatrices.row(rows, i))
                .toArray(double[][]::new));
    }

    static MixtureOptions options(CovarianceType type, int components, double trim) {
        return MixtureOptions.DEFAULT
                .withComponents(List.of(components))
                .withCovariance(type)
                .withFactors(2)
                .withPriorRows(0)
                .withRobust(new RobustOptions(RobustOptions.RobustMethod.TRIM, trim, false));
    }
}
