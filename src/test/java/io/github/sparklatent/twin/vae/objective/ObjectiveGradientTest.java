package io.github.sparklatent.twin.vae.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.twin.learn.objective.StochasticObjective;
import io.github.sparklatent.twin.nn.Activation;
import io.github.sparklatent.twin.nn.Initialization;
import io.github.sparklatent.twin.nn.LayerSpec;
import io.github.sparklatent.twin.nn.Parameter;
import io.github.sparklatent.twin.nn.likelihood.Bernoulli;
import io.github.sparklatent.twin.nn.likelihood.Gaussian;
import io.github.sparklatent.twin.vae.latent.Corruption;
import io.github.sparklatent.twin.vae.model.Architecture;
import io.github.sparklatent.twin.vae.model.Kind;
import io.github.sparklatent.twin.vae.model.PosteriorCovariance;
import io.github.sparklatent.twin.vae.objective.VariationalOptions.Bound;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients against central differences with the noise of one batch frozen by its key, every parameter. */
class ObjectiveGradientTest {
    private static final VariationalOptions PLAIN = VariationalOptions.DEFAULT;
    private static final Corruption NOISE = new Corruption(Corruption.Type.GAUSSIAN, 0.3);
    private static final Corruption MASK = new Corruption(Corruption.Type.MASKING, 0.4);

    private final DMatrixRMaj rows = Small.rows();

    static Stream<VariationalOptions> variational() {
        return Stream.of(
                PLAIN,
                PLAIN.withSamples(3),
                PLAIN.withBinarize(true),
                PLAIN.withCorruption(NOISE).withSamples(2),
                PLAIN.withCorruption(MASK).withBinarize(true),
                PLAIN.withBeta(0),
                PLAIN.withBeta(2.5),
                PLAIN.withBetaWarmUpEpochs(4).withSamples(2));
    }

    @ParameterizedTest
    @MethodSource("variational")
    void evidenceLowerBound(VariationalOptions options) {
        double beta = options.beta() * (options.betaWarmUpEpochs() > 0 ? 0.5 : 1);
        check(
                new VariationalObjective(Small.architecture(new Bernoulli(Small.WIDTH)), options),
                Small.architecture(new Bernoulli(Small.WIDTH)),
                Kind.VARIATIONAL,
                sums -> sums[1] + beta * sums[2]);
    }

    static Stream<VariationalOptions> full() {
        return Stream.of(
                PLAIN.withSamples(3).withBeta(2.5), PLAIN.withBound(Bound.IWAE).withSamples(4), PLAIN.withBeta(0));
    }

    /** Three latent variables: three entries of L below its diagonal. */
    @ParameterizedTest
    @MethodSource("full")
    void fullCovariance(VariationalOptions options) {
        Architecture architecture = new Architecture(
                        Small.WIDTH,
                        null,
                        3,
                        List.of(new LayerSpec.Width(4)),
                        List.of(new LayerSpec.Width(3)),
                        Activation.TANH,
                        Gaussian.learnt(Small.WIDTH),
                        Initialization.HE_UNIFORM)
                .withCovariance(PosteriorCovariance.FULL);
        boolean isBound = options.bound() == Bound.IWAE;
        check(
                new VariationalObjective(architecture, options),
                architecture,
                Kind.VARIATIONAL,
                sums -> isBound ? sums[0] : sums[1] + options.beta() * sums[2]);
    }

    @Test
    void likelihoodWithParametersOfItsOwn() {
        Architecture architecture = Small.architecture(Gaussian.learnt(Small.WIDTH));
        check(
                new VariationalObjective(architecture, PLAIN.withSamples(2)),
                architecture,
                Kind.VARIATIONAL,
                sums -> sums[0]);
    }

    @ParameterizedTest
    @MethodSource("autoencoders")
    void autoencoder(AutoencoderOptions options) {
        Architecture architecture = Small.architecture(new Bernoulli(Small.WIDTH));
        check(new AutoencoderObjective(architecture, options), architecture, Kind.AUTOENCODER, sums -> sums[0]);
    }

    static Stream<AutoencoderOptions> autoencoders() {
        AutoencoderOptions plain = AutoencoderOptions.DEFAULT;
        return Stream.of(
                plain,
                plain.withBinarize(true),
                plain.withCorruption(NOISE),
                plain.withCorruption(MASK).withBinarize(true));
    }

    @Test
    void importanceWeightedBound() {
        Architecture architecture = Small.architecture(Gaussian.learnt(Small.WIDTH));
        check(
                new VariationalObjective(
                        architecture, PLAIN.withBound(Bound.IWAE).withSamples(4)),
                architecture,
                Kind.VARIATIONAL,
                sums -> sums[0]);
    }

    static Stream<VariationalOptions> incomplete() {
        return Stream.of(
                PLAIN.withSamples(2),
                PLAIN.withBinarize(true).withCorruption(MASK),
                PLAIN.withBound(Bound.IWAE).withSamples(4));
    }

    /** Some cells are missing, and all cells of the last row. */
    @ParameterizedTest
    @MethodSource("incomplete")
    void boundOfTheObservedCells(VariationalOptions options) {
        Small.removeCells(rows);
        Architecture architecture = Small.architecture(
                        options.binarize() ? new Bernoulli(Small.WIDTH) : Gaussian.learnt(Small.WIDTH))
                .withMask(true);
        check(new VariationalObjective(architecture, options), architecture, Kind.VARIATIONAL, sums -> sums[0]);
    }

    @Test
    void boundGivenConditions() {
        Architecture architecture = Small.architecture(Small.given(false));
        check(
                new VariationalObjective(architecture, PLAIN.withSamples(2)),
                architecture,
                Kind.VARIATIONAL,
                sums -> sums[0]);
        check(
                new AutoencoderObjective(architecture, AutoencoderOptions.DEFAULT),
                architecture,
                Kind.AUTOENCODER,
                sums -> sums[0]);
        Small.removeCells(rows);
        Architecture masked = Small.architecture(Small.given(true)).withMask(true);
        check(
                new VariationalObjective(masked, PLAIN.withBound(Bound.IWAE).withSamples(4)),
                masked,
                Kind.VARIATIONAL,
                sums -> sums[0]);
    }

    /** With weights of 0 on the conditions, they change neither the bound nor its other derivatives. */
    @Test
    void conditionsWithoutWeightChangeNothing() {
        Architecture plain = new Architecture(
                3,
                null,
                Small.LATENT,
                List.of(new LayerSpec.Width(4)),
                List.of(new LayerSpec.Width(3)),
                Activation.TANH,
                new Bernoulli(3),
                Initialization.HE_UNIFORM);
        Architecture given = Small.architecture(Small.given(false));
        double[] own = Small.parameters(plain, Kind.VARIATIONAL);
        double[] wide = new double[given.parameterCount(Kind.VARIATIONAL)];
        List<Parameter> from = plain.parameters(Kind.VARIATIONAL);
        List<Parameter> to = given.parameters(Kind.VARIATIONAL);
        for (int p = 0; p < from.size(); p++) { // further rows of the two first layers stay 0
            System.arraycopy(
                    own,
                    from.get(p).offset(),
                    wide,
                    to.get(p).offset(),
                    from.get(p).length());
        }
        DMatrixRMaj narrow = new DMatrixRMaj(rows.numRows, 3);
        CommonOps_DDRM.extract(rows, 0, rows.numRows, 0, 3, narrow, 0, 0);
        VariationalOptions options = PLAIN.withSamples(2);
        double[] sums = new double[3];
        double[] expected = new double[3];
        double[] gradient = new double[wide.length];
        double[] expectedGradient = new double[own.length];
        new VariationalObjective(given, options)
                .worker(rows.numRows)
                .gradient(wide, rows, Small.WEIGHTS, Small.POSITION, gradient, sums);
        new VariationalObjective(plain, options)
                .worker(rows.numRows)
                .gradient(own, narrow, Small.WEIGHTS, Small.POSITION, expectedGradient, expected);
        assertThat(sums).containsExactly(expected, within(1e-12));
        for (int p = 0; p < from.size(); p++) {
            int at = to.get(p).offset();
            int length = from.get(p).length();
            assertThat(Arrays.copyOfRange(gradient, at, at + length))
                    .containsExactly(
                            Arrays.copyOfRange(
                                    expectedGradient,
                                    from.get(p).offset(),
                                    from.get(p).offset() + length),
                            within(1e-12));
        }
    }

    private void check(
            StochasticObjective objective, Architecture architecture, Kind kind, ToDoubleFunction<double[]> value) {
        Small.check(
                objective,
                Small.parameters(architecture, kind),
                rows,
                rows.numRows,
                (sums, worker) ->
                        value.applyAsDouble(sums) / Arrays.stream(Small.WEIGHTS).sum());
    }
}
