package io.github.sparklatent.mixture.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.MixedSampler;
import io.github.sparklatent.mixture.SampleTables;
import io.github.sparklatent.mixture.TestMixtures;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Accelerated EM beside plain EM from the same starts, on tables whose components overlap. */
class AcceleratedFitTest {
    private static final double TOLERANCE = 1e-6;

    /** Number of the problems that are drawn from overlapping components; they come first. */
    private static final int OVERLAPPING = 16;

    private static final MixtureOptions PLAIN = MixtureOptions.DEFAULT
            .withPriorRows(0)
            .withAcceleration(false)
            .withStopping(new StoppingRule(2000, TOLERANCE));

    /** A table and the options of a fit. */
    private record Problem(String name, RowBlocks data, MixtureOptions options) {
        MixtureFit fit(boolean accelerated) {
            return Fits.of(data, options.withAcceleration(accelerated));
        }
    }

    private static List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        for (CovarianceType type : TestMixtures.UNFACTORED) {
            for (double spread : new double[] {0.7, 1.2}) {
                for (int seed = 1; seed <= 2; seed++) {
                    RowBlocks data = overlapping(type, 3, 3, spread, 1000, seed);
                    problems.add(problem(type + " " + spread + " " + seed, data, type, 3));
                }
            }
        }
        for (String table : List.of("iris", "wine")) {
            DMatrixRMaj rows = SampleTables.rows(table);
            for (CovarianceType type : List.of(CovarianceType.TIED, CovarianceType.DIAGONAL)) {
                for (int k : new int[] {2, 3}) {
                    RowBlocks data = InMemoryRowBlocks.of(rows, 64);
                    problems.add(problem(table + " " + type + " " + k, data, type, k));
                }
            }
        }
        return problems;
    }

    private static Problem problem(String name, RowBlocks data, CovarianceType type, int k) {
        return new Problem(name, data, PLAIN.withComponents(List.of(k)).withCovariance(type));
    }

    private static RowBlocks overlapping(CovarianceType type, int k, int d, double spread, int n, long seed) {
        MixtureParameters truth = TestMixtures.of(type, k, d, spread, 0, seed);
        MixedSampler sampler = new MixedSampler(MixedMixture.of(truth), seed);
        double[][] rows = new double[n][];
        for (int i = 0; i < n; i++) {
            rows[i] = sampler.row(i, sampler.component(i));
        }
        return InMemoryRowBlocks.of(new DMatrixRMaj(rows), 128);
    }

    /**
     * 24 fits: never a lower end and never more rounds. On the 16 tables of overlapping components, a third of the
     * rounds or fewer in the median.
     */
    @Test
    void fewerRoundsToTheSameLikelihood() {
        List<Problem> problems = problems();
        double[] ratios = new double[problems.size()];
        for (int i = 0; i < ratios.length; i++) {
            Problem problem = problems.get(i);
            MixtureFit plain = problem.fit(false);
            MixtureFit accelerated = problem.fit(true);
            double end = plain.metrics().meanLogLikelihood();
            assertThat(accelerated.metrics().converged()).as(problem.name()).isTrue();
            assertThat(accelerated.metrics().meanLogLikelihood())
                    .as(problem.name())
                    .isGreaterThanOrEqualTo(end - TOLERANCE);
            int rounds = roundsTo(end - TOLERANCE, accelerated);
            int plainRounds = roundsTo(end - TOLERANCE, plain);
            ratios[i] = (double) plainRounds / rounds;
            assertThat(rounds).as(problem.name()).isLessThanOrEqualTo(plainRounds);
        }
        assertThat(ratios).hasSize(24);
        Arrays.sort(ratios, 0, OVERLAPPING);
        assertThat((ratios[OVERLAPPING / 2 - 1] + ratios[OVERLAPPING / 2]) / 2).isGreaterThan(3);
    }

    /** Components with loadings and noise: as likely in the end, in fewer rounds. */
    @ParameterizedTest
    @EnumSource(names = {"FACTOR", "PPCA"})
    void factorAnalysersNeedFewerRounds(CovarianceType type) {
        RowBlocks data = overlapping(type, 3, 6, 1, 2000, 3);
        Problem problem = problem(type.toString(), data, type, 3);
        MixtureFit plain = problem.fit(false);
        MixtureFit accelerated = problem.fit(true);
        double end = plain.metrics().meanLogLikelihood() - TOLERANCE;
        assertThat(accelerated.metrics().meanLogLikelihood()).isGreaterThanOrEqualTo(end);
        assertThat(roundsTo(end, accelerated)).isLessThan(roundsTo(end, plain));
    }

    private static int roundsTo(double likelihood, MixtureFit fit) {
        return fit.history().stream()
                .filter(round -> round.objective() >= likelihood)
                .findFirst()
                .map(Round::number)
                .orElseThrow();
    }
}
