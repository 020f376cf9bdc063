package io.github.sparklatent.gmm.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.gmm.Fits;
import io.github.sparklatent.gmm.SampleTables;
import io.github.sparklatent.gmm.TestMixtures;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.gmm.model.MixtureSampler;
import io.github.sparklatent.learn.StateBytes;
import io.github.sparklatent.learn.StateCodec;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Accelerated EM beside plain EM from the same starts, on tables whose components overlap. */
class AcceleratedFitTest {
    private static final double TOLERANCE = 1e-6;

    /** Number of the problems that are drawn from overlapping components; they come first. */
    private static final int OVERLAPPING = 16;

    private static final MixtureOptions PLAIN = MixtureOptions.DEFAULT
            .withCovariancePrior(0)
            .withAcceleration(false)
            .withStopping(new StoppingRule(2000, TOLERANCE));
    private static final MixtureOptions ACCELERATED = PLAIN.withAcceleration(true);

    /** A table and the options of a fit. */
    private record Problem(String name, RowBlocks data, MixtureOptions options) {
        MixtureFit<MixtureParameters> fit(boolean accelerated) {
            MixtureOptions all = options.withAcceleration(accelerated);
            return Fits.of(data, all);
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
        MixtureSampler sampler = new MixtureSampler(truth, seed);
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
            MixtureFit<MixtureParameters> plain = problem.fit(false);
            MixtureFit<MixtureParameters> accelerated = problem.fit(true);
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

    private static int roundsTo(double likelihood, MixtureFit<MixtureParameters> fit) {
        return fit.history().stream()
                .filter(round -> round.objective() >= likelihood)
                .findFirst()
                .map(Round::number)
                .orElseThrow();
    }

    @Test
    void resumingFromEachStateGivesTheSameBits() {
        RowBlocks data = overlapping(CovarianceType.FULL, 3, 2, 1, 400, 5);
        MixtureOptions options = ACCELERATED.withComponents(List.of(3)).withStopping(new StoppingRule(40, 1e-5));
        List<byte[]> states = new ArrayList<>();
        SearchListener<MixtureParameters, MixtureState> listener =
                (description, round, most, state) -> states.add(StateBytes.encode(state));
        MixtureFit<MixtureParameters> whole =
                new MixtureTrainer(data, null, options, null, listener).fit().best();
        assertThat(states).hasSizeGreaterThan(15);
        for (byte[] bytes : states) {
            MixtureFit<MixtureParameters> resumed = new MixtureTrainer(data, null, options, null, SearchListener.none())
                    .fit(StateCodec.decode(new ByteArrayInputStream(bytes), bytes.length, MixtureTrainer.STATE))
                    .best();
            assertThat(resumed.metrics()).isEqualTo(whole.metrics());
            assertThat(resumed.mixture().means().data)
                    .containsExactly(whole.mixture().means().data);
            assertThat(resumed.mixture().weights())
                    .containsExactly(whole.mixture().weights());
        }
    }
}
