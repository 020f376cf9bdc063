package io.github.sparklatent.mixture.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.em.EmResult;
import io.github.sparklatent.learn.em.EmRounds;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.GoldenMixtures;
import io.github.sparklatent.mixture.MissingValues;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.Parameters;
import io.github.sparklatent.mixture.Responsibilities;
import io.github.sparklatent.mixture.SampleTables;
import io.github.sparklatent.mixture.TestMixtures;
import io.github.sparklatent.mixture.em.MaximizationStep;
import io.github.sparklatent.mixture.em.MixtureExpectation;
import io.github.sparklatent.mixture.em.StatisticsLayout;
import io.github.sparklatent.mixture.gaussian.Centres;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.initialization.KMeansStart.NearestCentre;
import io.github.sparklatent.mixture.training.FitMethod;
import io.github.sparklatent.mixture.training.MixtureFit;
import io.github.sparklatent.mixture.training.MixtureOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Variational Bayes against scikit-learn, from the same start. */
class VariationalBayesTest {
    private static final int COMPONENTS = 5;

    static List<Arguments> fits() {
        List<Arguments> fits = new ArrayList<>();
        for (String table : List.of("iris", "wine")) {
            for (WeightPrior weights : WeightPrior.values()) {
                for (CovarianceType type : TestMixtures.UNFACTORED) {
                    fits.add(Arguments.of(table, weights, type));
                }
            }
        }
        return fits;
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("fits")
    void agreesWithScikitLearnAndTheBoundNeverFalls(String table, WeightPrior weights, CovarianceType type) {
        GoldenMixtures golden = GoldenMixtures.variational(table);
        for (int rounds : List.of(5, 1000)) {
            EmResult<VariationalBayes.VariationalMixture> result = fit(table, golden, weights, type, rounds);
            String name = weights + "/" + type + "/" + rounds + "/";
            Parameters.assertClose(result.model().mixture().gaussian(), golden.mixture(type, name), 1e-6);
            assertNeverFalls(result.history());
            if (rounds == 1000) {
                assertThat(result.objective()).isCloseTo(golden.array(name + "bound")[0], within(1e-6));
            }
        }
    }

    /** Incomplete rows: a fifth of the values are missing. */
    @ParameterizedTest
    @FieldSource("io.github.sparklatent.mixture.TestMixtures#UNFACTORED")
    void boundNeverFallsWithMissingValues(CovarianceType type) {
        DMatrixRMaj rows = MissingValues.in(SampleTables.rows("iris"), 0.2, 1);
        MixtureOptions options = options(type, COMPONENTS, 100).withRegularization(0);
        assertNeverFalls(Fits.of(InMemoryRowBlocks.of(rows, 64), options).history());
    }

    /**
     * A row of weight 2 counts as two rows, and the unit of weights that are no counts does not matter. Twenty rounds
     * amplify the rounding of the sums by far less than a factor of 1e5.
     */
    @ParameterizedTest
    @FieldSource("io.github.sparklatent.mixture.TestMixtures#UNFACTORED")
    void weightsCountRows(CovarianceType type) {
        DMatrixRMaj rows = SampleTables.rows("iris");
        int n = rows.numRows;
        DMatrixRMaj twice = new DMatrixRMaj(2 * n, rows.numCols);
        CommonOps_DDRM.insert(rows, twice, 0, 0);
        CommonOps_DDRM.insert(rows, twice, n, 0);
        MixtureFit once = weighted(type, rows, 1);
        MixtureFit heavy = weighted(type, rows, 2);

        assertSame(weighted(type, twice, 1), heavy);
        assertSame(weighted(type, rows, 0.1), once);
        assertThat(heavy.metrics().objective()).isGreaterThan(once.metrics().objective() + 0.01);
    }

    /** The prior counts as d rows of the covariance of all rows, to which one far value must not add 1e8. */
    @ParameterizedTest
    @EnumSource(names = {"FULL", "DIAGONAL", "SPHERICAL"})
    void oneFarValueDoesNotWidenThePrior(CovarianceType type) {
        Random random = new Random(6);
        DMatrixRMaj rows = new DMatrixRMaj(2000, 2);
        for (int i = 0; i < rows.numRows; i++) {
            rows.set(i, 0, (i % 2 == 0 ? -4 : 4) + random.nextGaussian());
            rows.set(i, 1, random.nextGaussian());
        }
        rows.set(77, 1, 1e6);
        MixtureParameters found = Fits.of(InMemoryRowBlocks.of(rows, 256), options(type, 3, 200))
                .mixture()
                .gaussian();
        for (int k = 0; k < 3; k++) {
            if (found.weight(k) > 0.1) {
                assertThat(found.variance(k, 0)).isCloseTo(1, within(0.2));
                assertThat(found.variance(k, 1)).isCloseTo(1, within(0.2));
                assertThat(Math.abs(found.means().get(k, 0))).isCloseTo(4, within(0.2));
            }
        }
    }

    /** In some of these draws of rows, none has a value of the sparse column, so its usual values are not known. */
    @Test
    void aSparseColumnBesideAFarValueHasAPrior() {
        Random random = new Random(7);
        DMatrixRMaj rows = new DMatrixRMaj(4000, 2);
        for (int i = 0; i < rows.numRows; i++) {
            rows.set(i, 0, random.nextGaussian());
            rows.set(i, 1, i % 1000 == 5 ? random.nextGaussian() : Double.NaN);
        }
        rows.set(77, 0, 1e6);
        for (long seed = 1; seed <= 8; seed++) {
            MixtureParameters found = Fits.of(
                            InMemoryRowBlocks.of(rows, 256),
                            options(CovarianceType.DIAGONAL, 2, 20).withSeed(seed))
                    .mixture()
                    .gaussian();
            assertThat(found.means().data).doesNotContain(Double.NaN);
        }
    }

    private static void assertSame(MixtureFit found, MixtureFit expected) {
        Parameters.assertClose(found.mixture().gaussian(), expected.mixture().gaussian(), 1e-10);
        assertThat(found.metrics().objective()).isCloseTo(expected.metrics().objective(), within(1e-10));
    }

    private static MixtureFit weighted(CovarianceType type, DMatrixRMaj rows, double weight) {
        double[] weights = new double[rows.numRows];
        Arrays.fill(weights, weight);
        MixtureParameters start = GoldenMixtures.of("iris").start(type);
        return Fits.of(
                new InMemoryRowBlocks(List.of(List.of(new Block(rows, weights, rows.numRows)))),
                options(type, start.components(), 20),
                start);
    }

    private static MixtureOptions options(CovarianceType type, int components, int rounds) {
        return MixtureOptions.DEFAULT
                .withFit(FitMethod.VARIATIONAL_BAYES)
                .withCovariance(type)
                .withComponents(List.of(components))
                .withStopping(new StoppingRule(rounds, 0));
    }

    private static void assertNeverFalls(List<Round> history) {
        for (Round round : history.subList(1, history.size())) {
            assertThat(round.change())
                    .as("change in round %d", round.number())
                    .isGreaterThan(-1e-12 * Math.abs(round.objective()));
        }
    }

    private static EmResult<VariationalBayes.VariationalMixture> fit(
            String table, GoldenMixtures golden, WeightPrior weights, CovarianceType type, int rounds) {
        RowBlocks data = InMemoryRowBlocks.of(SampleTables.rows(table), 64);
        double regularization = golden.array("regularization")[0];
        MixtureParameters whole = whole(data, type, regularization);
        VariationalPrior prior = new VariationalPrior(weights, 1.0 / COMPONENTS, 1, whole, 1);
        VariationalBayes problem = new VariationalBayes(
                Fits.em(new StatisticsLayout(type, COMPONENTS, data.width()), regularization), prior);
        DMatrixRMaj centres = golden.matrix("start/means", COMPONENTS);
        MixtureParameters anyAtCentres = MixtureParameters.of(
                CovarianceType.SPHERICAL,
                new double[] {0.2, 0.2, 0.2, 0.2, 0.2},
                centres,
                List.of(new DMatrixRMaj(COMPONENTS, 1)));
        double[] sums = sums(data, type, new NearestCentre(centres), centres);
        VariationalBayes.VariationalMixture at =
                new VariationalBayes.VariationalMixture(MixedMixture.of(anyAtCentres), null);
        VariationalBayes.VariationalMixture start =
                problem.update(at, sums, data, 0, false).model();
        return EmRounds.run(problem, data, start, rounds, 0);
    }

    private static MixtureParameters whole(RowBlocks data, CovarianceType type, double regularization) {
        DMatrixRMaj origin = new DMatrixRMaj(1, data.width());
        double[] sums = sums(data, type, new NearestCentre(origin), origin);
        return new MaximizationStep(new StatisticsLayout(type, 1, data.width()), regularization)
                .maximize(sums, origin, new ArrayList<>());
    }

    private static double[] sums(
            RowBlocks data, CovarianceType type, Responsibilities responsibilities, DMatrixRMaj centres) {
        return data.sums(
                        "start",
                        new MixtureExpectation(
                                responsibilities,
                                Centres.around(centres),
                                Fits.layout(new StatisticsLayout(type, centres.numRows, data.width()))))
                .sums();
    }
}
