package io.github.sparklatent.gmm.robust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.gmm.Fits;
import io.github.sparklatent.gmm.Parameters;
import io.github.sparklatent.gmm.SampleTables;
import io.github.sparklatent.gmm.TestMixtures;
import io.github.sparklatent.gmm.em.CovariancePrior;
import io.github.sparklatent.gmm.em.GaussianMixtureEm;
import io.github.sparklatent.gmm.em.StatisticsLayout;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.MixtureDensity;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.gmm.training.MixtureFit;
import io.github.sparklatent.gmm.training.MixtureOptions;
import io.github.sparklatent.gmm.training.MixtureState;
import io.github.sparklatent.gmm.training.MixtureTrainer;
import io.github.sparklatent.gmm.training.SearchListener;
import io.github.sparklatent.gmm.training.SearchListener.SearchState;
import io.github.sparklatent.learn.em.EmRounds;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.linalg.TestMatrices;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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
        List<Round> history = fit(InMemoryRowBlocks.of(rows, 50), options).history();
        EmRounds.assertNeverFalls(history, TWELVE_DIGITS * rows.numCols, TWELVE_DIGITS);
    }

    /** The rows are sorted by density; plain EM makes one round with the others. */
    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void aRoundIsOneOfTheRowsOfGreatestDensity(CovarianceType type) {
        MixtureParameters start = TestMixtures.of(type, 2, 3, 2, 5, 8);
        DMatrixRMaj rows = TestMixtures.rowsAround(start, 200, 9);
        MixtureDensity density = new MixtureDensity(MixtureFactors.of(start));
        density.evaluate(rows);
        double[][] best = IntStream.range(0, rows.numRows)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -density.logDensity(i)))
                .limit(150)
                .sorted()
                .map(i -> TestMatrices.row(rows, i))
                .toArray(double[][]::new);
        RowBlocks all = InMemoryRowBlocks.of(rows, 64);
        RowBlocks kept = InMemoryRowBlocks.of(new DMatrixRMaj(best), 150);
        GaussianMixtureEm em = new GaussianMixtureEm(StatisticsLayout.of(start), 1e-6, CovariancePrior.NONE);
        TrimmedEm trimmed = new TrimmedEm(em, all, 0.25);
        double[] sums = all.sums("test", trimmed.expectation(start)).sums();
        double[] expected = kept.sums("test", em.expectation(start)).sums();
        assertThat(trimmed.weight(sums)).isCloseTo(150, within(1e-9));
        assertThat(trimmed.objective(start, sums)).isCloseTo(em.objective(start, expected), within(1e-11));
        Parameters.assertClose(
                trimmed.update(start, sums, all, 0).model(),
                em.update(start, expected, kept, 0).model(),
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
        MixtureParameters clean = fit(InMemoryRowBlocks.of(rows, 100), options).mixture();
        MixtureParameters robust = fit(InMemoryRowBlocks.of(odd, 100), options).mixture();
        for (int k = 0; k < 2; k++) {
            assertThat(nearest(robust, clean, k)).isLessThan(0.5);
        }
    }

    @Test
    void theFigureIsTheLikelihoodOfTheKeptRows() {
        DMatrixRMaj rows = SampleTables.rows("iris");
        for (double prior : new double[] {0, 1}) {
            MixtureOptions options = options(CovarianceType.FULL, 2, 0.2).withCovariancePrior(prior);
            MixtureFit<MixtureParameters> fit = fit(InMemoryRowBlocks.of(rows, 50), options);
            double expected = meanOfGreatest(fit.mixture(), rows, 120);
            assertThat(fit.weight()).isCloseTo(120, within(1e-9));
            assertThat(fit.metrics().meanLogLikelihood()).isCloseTo(expected, within(1e-9));
            assertThat(fit.metrics().bic())
                    .isCloseTo(-240 * expected + fit.mixture().freeParameters() * Math.log(120), within(1e-6));
        }
    }

    @Test
    void aResumedFitHasTheSameBits() {
        RowBlocks data = InMemoryRowBlocks.of(SampleTables.rows("iris"), 50);
        MixtureOptions options = options(CovarianceType.FULL, 3, 0.2);
        List<SearchState<MixtureParameters, MixtureState>> states = new ArrayList<>();
        SearchListener<MixtureParameters, MixtureState> keeping =
                (description, round, maxRounds, state) -> states.add(state);
        MixtureParameters whole = new MixtureTrainer(data, null, options, null, keeping)
                .fit()
                .best()
                .mixture();
        assertThat(states).hasSizeGreaterThan(3);
        MixtureParameters resumed = new MixtureTrainer(data, null, options, null, SearchListener.none())
                .fit(states.get(2))
                .best()
                .mixture();
        assertThat(resumed.means().data).containsExactly(whole.means().data);
        assertThat(resumed.weights()).containsExactly(whole.weights());
    }

    @Test
    void rowsWithMissingValuesAreFitted() {
        DMatrixRMaj rows = SampleTables.rows("iris");
        for (int i = 0; i < rows.numRows; i += 3) {
            rows.set(i, i % 4, Double.NaN);
        }
        MixtureFit<MixtureParameters> fit = fit(InMemoryRowBlocks.of(rows, 50), options(CovarianceType.FULL, 2, 0.2));
        assertThat(fit.weight()).isCloseTo(120, within(1e-9));
        double expected = meanOfGreatest(fit.mixture(), rows, 120);
        assertThat(fit.metrics().meanLogLikelihood()).isCloseTo(expected, within(1e-9));
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
        MixtureFit<MixtureParameters> fit = fit(InMemoryRowBlocks.of(rows, 250), options);
        assertThat(fit.metrics().components()).isEqualTo(1);
    }

    private static double meanOfGreatest(MixtureParameters mixture, DMatrixRMaj rows, int kept) {
        MixtureDensity density = new MixtureDensity(MixtureFactors.of(mixture));
        density.evaluate(rows);
        return IntStream.range(0, rows.numRows)
                .mapToDouble(density::logDensity)
                .sorted()
                .skip(rows.numRows - kept)
                .average()
                .orElseThrow();
    }

    private static double nearest(MixtureParameters mixture, MixtureParameters of, int component) {
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < mixture.components(); k++) {
            double sum = 0;
            for (int j = 0; j < mixture.dimension(); j++) {
                double difference = mixture.means().get(k, j) - of.means().get(component, j);
                sum += difference * difference;
            }
            least = Math.min(least, Math.sqrt(sum));
        }
        return least;
    }

    static MixtureOptions options(CovarianceType type, int components, double trim) {
        return MixtureOptions.DEFAULT
                .withComponents(List.of(components))
                .withCovariance(type)
                .withFactors(2)
                .withCovariancePrior(0)
                .withRobust(new RobustOptions(RobustOptions.RobustMethod.TRIM, trim, false));
    }

    private static MixtureFit<MixtureParameters> fit(RowBlocks data, MixtureOptions options) {
        return Fits.of(data, options);
    }
}
