package io.github.sparklatent.twin.vae.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.twin.GradientCheck;
import io.github.sparklatent.twin.learn.objective.StochasticObjective;
import io.github.sparklatent.twin.learn.objective.StochasticObjective.Range;
import io.github.sparklatent.twin.nn.LayerSpec;
import io.github.sparklatent.twin.nn.likelihood.Bernoulli;
import io.github.sparklatent.twin.nn.likelihood.Gaussian;
import io.github.sparklatent.twin.vae.latent.Corruption;
import io.github.sparklatent.twin.vae.model.Architecture;
import io.github.sparklatent.twin.vae.model.Kind;
import io.github.sparklatent.twin.vae.model.Networks;
import io.github.sparklatent.twin.vae.model.PriorCovariance;
import io.github.sparklatent.twin.vae.objective.VariationalOptions.Bound;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The stratified bound's gradient against central differences with the noise of one batch frozen by its key, every
 * parameter that a stage moves; and that of one component against the bound that it then is.
 */
class MixtureGradientTest {
    private static final VariationalOptions PLAIN = VariationalOptions.DEFAULT;
    private static final Corruption MASK = new Corruption(Corruption.Type.MASKING, 0.4);

    private final DMatrixRMaj rows = Small.rows();

    static Stream<Arguments> stages() {
        return Stream.of(BoundStage.values())
                .flatMap(stage -> Stream.of(
                                PLAIN,
                                PLAIN.withSamples(3).withBinarize(true),
                                PLAIN.withCorruption(MASK).withBeta(0),
                                PLAIN.withBeta(2.5).withBetaWarmUpEpochs(4).withSamples(2))
                        .map(options -> Arguments.of(stage, options)));
    }

    @ParameterizedTest
    @MethodSource("stages")
    void everyParameterThatAStageMoves(BoundStage stage, VariationalOptions options) {
        check(Small.architecture(new Bernoulli(Small.WIDTH)).withComponents(3), options, stage);
    }

    /** Some cells are missing, and all cells of the last row. */
    @ParameterizedTest
    @EnumSource(BoundStage.class)
    void boundOfTheObservedCells(BoundStage stage) {
        Small.removeCells(rows);
        check(
                Small.architecture(Gaussian.learnt(Small.WIDTH))
                        .withComponents(3)
                        .withMask(true),
                PLAIN.withSamples(2),
                stage);
    }

    /** The prior's weights depend on the conditions, too. */
    @Test
    void boundGivenConditions() {
        check(Small.architecture(Small.given(false)).withComponents(3), PLAIN.withSamples(2), BoundStage.JOINT);
        Small.removeCells(rows);
        Architecture masked = Small.architecture(Small.given(true)).withMask(true);
        check(masked.withComponents(2), PLAIN.withBeta(2.5), BoundStage.JOINT);
    }

    /** With a discriminator behind the prior, and parameters between decoder and prior. */
    @Test
    void likelihoodWithParametersOfItsOwn() {
        Architecture architecture = Small.architecture(Gaussian.learnt(Small.WIDTH))
                .withComponents(2)
                .withAuxiliary(List.of(new LayerSpec.Width(3)));
        check(architecture, PLAIN.withSamples(2), BoundStage.JOINT);
    }

    /** The same numbers as of components with equal variances, whose derivatives add up. */
    @Test
    void tiedVariancesAreEqualVariances() {
        Architecture own = Small.architecture(new Bernoulli(Small.WIDTH)).withComponents(3);
        Architecture tied = own.withPriorCovariance(PriorCovariance.TIED);
        check(tied, PLAIN.withSamples(2), BoundStage.JOINT);
        double[] parameters = Small.parameters(tied, Kind.MIXTURE);
        int l = tied.latent();
        assertThat(parameters).hasSize(own.parameterCount(Kind.MIXTURE) - 2 * l);
        Networks networks = tied.networks(Kind.MIXTURE);
        int from = networks.priorOffset() + networks.prior().logVariances();
        double[] equal = Arrays.copyOf(parameters, parameters.length + 2 * l);
        System.arraycopy(parameters, from, equal, from + l, l);
        System.arraycopy(parameters, from, equal, from + 2 * l, l);
        double[] gradient = new double[parameters.length];
        double[] expected = new double[equal.length];
        double[] sums = new double[3];
        double[] expectedSums = new double[3];
        new VariationalObjective(Kind.MIXTURE, tied, PLAIN, BoundStage.JOINT)
                .worker(rows.numRows)
                .gradient(parameters, rows, Small.WEIGHTS, Small.POSITION, gradient, sums);
        new VariationalObjective(Kind.MIXTURE, own, PLAIN, BoundStage.JOINT)
                .worker(rows.numRows)
                .gradient(equal, rows, Small.WEIGHTS, Small.POSITION, expected, expectedSums);
        assertThat(sums).isEqualTo(expectedSums);
        for (int j = from; j < from + l; j++) {
            expected[j] += expected[j + l] + expected[j + 2 * l];
        }
        assertThat(gradient).containsExactly(Arrays.copyOf(expected, from + l), within(1e-14));
    }

    private void check(Architecture architecture, VariationalOptions options, BoundStage stage) {
        double beta = options.beta() * (options.betaWarmUpEpochs() > 0 ? 0.5 : 1);
        double[] parameters = Small.parameters(architecture, Kind.MIXTURE);
        StochasticObjective objective = new VariationalObjective(Kind.MIXTURE, architecture, options, stage);
        assertThat(parameters).hasSize(objective.parameterCount());
        StochasticObjective.Worker worker = objective.worker(rows.numRows);
        double[] gradient = new double[parameters.length];
        double[] other = new double[parameters.length];
        worker.gradient(parameters, rows, Small.WEIGHTS, Small.POSITION, gradient, new double[3]);
        for (Range range : objective.parameterGroups().get(0).ranges()) {
            GradientCheck.check(
                    stage + " from " + range.from(),
                    parameters,
                    range.from(),
                    Arrays.copyOfRange(gradient, range.from(), range.to()),
                    () -> {
                        double[] sums = new double[3];
                        worker.gradient(parameters, rows, Small.WEIGHTS, Small.POSITION, other, sums);
                        double loss = sums[1] + beta * sums[2];
                        return loss / Arrays.stream(Small.WEIGHTS).sum();
                    });
        }
    }

    /**
     * With K = 1 and N(0, I) as the prior there is one code of a row, the same as that of a variational autoencoder
     * under the same key; log p(x,z) − log q(z|x) of one code is the importance-weighted bound of one sample. All that
     * differs is the order of the sums.
     */
    @Test
    void oneComponentUnderTheStandardPriorIsTheVariationalAutoencoder() {
        Architecture architecture = Small.architecture(Gaussian.learnt(Small.WIDTH));
        double[] plain = Small.parameters(architecture, Kind.VARIATIONAL);
        Architecture single = architecture.withComponents(1);
        double[] mixture = asMixture(plain, architecture, single);
        double[] plainGradient = new double[plain.length];
        double[] gradient = new double[mixture.length];
        double[] plainSums = new double[3];
        double[] sums = new double[3];
        new VariationalObjective(architecture, PLAIN.withBound(Bound.IWAE))
                .worker(rows.numRows)
                .gradient(plain, rows, Small.WEIGHTS, Small.POSITION, plainGradient, plainSums);
        new VariationalObjective(Kind.MIXTURE, single, PLAIN, BoundStage.JOINT)
                .worker(rows.numRows)
                .gradient(mixture, rows, Small.WEIGHTS, Small.POSITION, gradient, sums);
        assertThat(sums[0]).isCloseTo(plainSums[0], within(1e-12 * Math.abs(plainSums[0])));
        assertThat(sums[1]).isCloseTo(plainSums[1], within(1e-12 * Math.abs(plainSums[1])));
        double[] expected = asMixture(plainGradient, architecture, single);
        int prior = single.networks(Kind.MIXTURE).priorOffset();
        assertThat(Arrays.copyOf(gradient, prior)).containsExactly(Arrays.copyOf(expected, prior), within(1e-12));
    }

    /**
     * A vector of one head μ and one head log σ² as that of one logit (0), one mean, one log σ²; the prior's logit,
     * mean and log variance 0. The last encoder layer is dense: its weights, width by outputs or outputs by width, then
     * its biases.
     */
    private static double[] asMixture(double[] plain, Architecture of, Architecture single) {
        double[] mixture = new double[single.parameterCount(Kind.MIXTURE)];
        var from = of.parameters(Kind.VARIATIONAL);
        var to = single.parameters(Kind.MIXTURE);
        for (int p = 0; p < from.size(); p++) {
            var source = from.get(p);
            var target = to.get(p);
            assertThat(target.name()).isEqualTo(source.name());
            int skippedRows = target.rows() - source.rows();
            int skippedColumns = target.columns() - source.columns();
            for (int i = 0; i < source.rows(); i++) {
                int at = target.offset() + (i + skippedRows) * target.columns() + skippedColumns;
                int begin = source.offset() + i * source.columns();
                System.arraycopy(plain, begin, mixture, at, source.columns());
            }
        }
        return mixture;
    }
}
