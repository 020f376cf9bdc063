package io.github.sparklatent.vae.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.Dense;
import io.github.sparklatent.nn.ImageShape;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.Layer;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.Logarithm;
import io.github.sparklatent.nn.Parameter;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.nn.likelihood.Categorical;
import io.github.sparklatent.nn.likelihood.ColumnFamily;
import io.github.sparklatent.nn.likelihood.Composite;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.nn.likelihood.IndependentColumns;
import io.github.sparklatent.nn.likelihood.Likelihood;
import io.github.sparklatent.nn.likelihood.OutputGaussian;
import io.github.sparklatent.nn.likelihood.Poisson;
import io.github.sparklatent.vae.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkArchitectureTest {
    private static final Architecture PLAIN = Samples.architecture(2, 4, new Bernoulli(6));

    static Stream<Architecture> architectures() {
        return Stream.of(
                PLAIN,
                Samples.linear(3, Gaussian.fixed(5, 0.25)),
                Samples.architecture(1, 3, Gaussian.learnt(4)),
                Samples.architecture(1, 3, new OutputGaussian(4, 1e-3)),
                Samples.architecture(
                        2,
                        3,
                        new Composite(List.of(
                                new Composite.Group(List.of(4, 0), new Poisson(2)),
                                Composite.Group.from(1, new Categorical(3, false))))),
                image(Initialization.XAVIER_UNIFORM));
    }

    private static Architecture image(Initialization initialization) {
        return new Architecture(
                64,
                new ImageShape(1, 8, 8),
                3,
                List.of(new LayerSpec.Kernel(4, 4, 2), new LayerSpec.Width(10)),
                List.of(new LayerSpec.Width(7), new LayerSpec.Kernel(4, 4, 2)),
                Activation.LEAKY_RELU,
                new Bernoulli(64),
                initialization);
    }

    /** Each parameter starts where the one before it ends, in all models. */
    @ParameterizedTest
    @MethodSource("architectures")
    void parametersLieWithoutGaps(Architecture plain) {
        Architecture architecture = plain.withComponents(3).withAuxiliary(List.of(new LayerSpec.Width(5)));
        for (Kind kind : Kind.values()) {
            int end = 0;
            List<Parameter> parameters = architecture.parameters(kind);
            for (Parameter parameter : parameters) {
                assertThat(parameter.offset()).as(parameter.name()).isEqualTo(end);
                end += parameter.length();
            }
            assertThat(architecture.parameterCount(kind)).isEqualTo(end);
            assertThat(architecture.initialize(kind, 1)).hasSize(end);
            assertThat(parameters.stream().map(Parameter::name)).doesNotHaveDuplicates();
        }
    }

    @Test
    void parametersAreNamed() {
        Architecture learnt = Samples.architecture(2, 4, Gaussian.learnt(6));
        assertThat(learnt.parameters(Kind.VARIATIONAL))
                .contains(
                        new Parameter("encoder.0.weights", 0, 6, 4),
                        new Parameter("encoder.1.bias", 28 + 16, 1, 4),
                        new Parameter("decoder.0.weights", 48, 2, 4),
                        new Parameter("likelihood.logVariance", 48 + 12 + 30, 1, 1));
        assertThat(learnt.parameters(Kind.AUTOENCODER)).contains(new Parameter("encoder.1.bias", 28 + 8, 1, 2));
    }

    @Test
    void encodersReadCountsByTheirLogarithms() {
        Composite inner = new Composite(
                List.of(Composite.Group.from(0, Gaussian.learnt(1)), Composite.Group.from(1, new Poisson(1))));
        Composite mixed = new Composite(List.of(
                new Composite.Group(List.of(4, 0), new Poisson(2)),
                new Composite.Group(List.of(3, 1), inner),
                Composite.Group.from(2, Gaussian.learnt(1)),
                Composite.Group.from(5, new IndependentColumns(ColumnFamily.NEGATIVE_BINOMIAL, 1))));
        for (Kind kind : Kind.values()) {
            assertThat(readers(kind, mixed))
                    .isNotEmpty()
                    .containsOnly(new Logarithm(6, List.of(4, 0, 1, 5), List.of(3, 2)));
            assertThat(readers(kind, new Bernoulli(6))).hasOnlyElementsOfType(Dense.class);
        }
    }

    /** First layers of the networks that see rows. */
    private static List<Layer> readers(Kind kind, Likelihood likelihood) {
        Networks networks =
                Samples.architecture(2, 3, likelihood).withComponents(3).networks(kind);
        return Stream.of(networks.encoder(), networks.auxiliary())
                .filter(network -> network != null && network.inputs() == 6)
                .map(network -> network.layers().get(0))
                .toList();
    }

    @Test
    void eachKindHasItsParts() {
        Architecture all = PLAIN.withComponents(3).withAuxiliary(List.of(new LayerSpec.Width(5)));
        assertThat(all.parameters(Kind.MIXTURE))
                .contains(
                        new Parameter("encoder.1.weights", 28, 4, 3 + 3 * 2 + 2),
                        new Parameter("prior.logits", 28 + 55 + 12 + 30, 1, 3),
                        new Parameter("prior.means", 125 + 3, 3, 2),
                        new Parameter("prior.logVariances", 125 + 9, 3, 2),
                        new Parameter("discriminator.0.weights", 125 + 15, 6, 5),
                        new Parameter("discriminator.1.bias", 140 + 35 + 5, 1, 1));
        assertThat(all.parameters(Kind.CLASSIFYING))
                .contains(
                        new Parameter("prior.means", 28 + 20 + 12 + 30, 3, 2),
                        new Parameter("prior.logVariances", 90 + 6, 3, 2),
                        new Parameter("classifier.1.weights", 90 + 12 + 15, 5, 3));
        assertThat(all.parameters(Kind.ADVERSARIAL))
                .contains(
                        new Parameter("decoder.0.weights", 0, 2, 4),
                        new Parameter("discriminator.0.weights", 42, 6, 5));
        assertThat(PLAIN.withComponents(3).networks(Kind.MIXTURE).auxiliary()).isNull();
    }

    /** Two means, two variances, one entry below the diagonal, which is 0 for every row at first. */
    @Test
    void aFullCovarianceStartsDiagonal() {
        Architecture full = PLAIN.withCovariance(PosteriorCovariance.FULL);
        assertThat(full.parameters(Kind.VARIATIONAL)).contains(new Parameter("encoder.1.weights", 28, 4, 5));
        float[] start = full.initialize(Kind.VARIATIONAL, 1);
        for (int i = 0; i <= 4; i++) {
            assertThat(start[28 + 5 * i + 4]).isZero();
        }
        assertThat(start[28 + 3]).isNotZero();
        assertThat(full.describe(Kind.VARIATIONAL)).contains("latent 2 (full covariance), ");
        assertThatThrownBy(() -> full.requireSame(Kind.VARIATIONAL, "x", PLAIN)).hasMessageContaining("latent 2, ");
    }

    @Test
    void theStartOfThePriorIsNeutral() {
        Architecture mixture = PLAIN.withComponents(3);
        float[] start = mixture.initialize(Kind.MIXTURE, 1);
        for (Parameter p : mixture.parameters(Kind.MIXTURE)) {
            if (p.name().equals("prior.logits") || p.name().equals("prior.logVariances")) {
                assertThat(Arrays.copyOfRange(start, p.offset(), p.offset() + p.length()))
                        .containsOnly(0f);
            }
        }
    }

    @Test
    void componentsWithCommonVariancesHaveOneRowOfThem() {
        Architecture own = PLAIN.withComponents(4);
        Architecture tied = own.withPriorCovariance(PriorCovariance.TIED);
        for (Kind kind : List.of(Kind.MIXTURE, Kind.EMBEDDING, Kind.CLASSIFYING)) {
            assertThat(own.parameterCount(kind) - tied.parameterCount(kind)).isEqualTo(3 * own.latent());
            LatentDistribution prior = tied.networks(kind).distribution(tied.initialize(kind, 1));
            assertThat(prior.deviations()).hasSize(4 * own.latent()).containsOnly(1);
            Architecture identity = own.withPriorCovariance(PriorCovariance.IDENTITY);
            assertThat(own.parameterCount(kind) - identity.parameterCount(kind)).isEqualTo(4 * own.latent());
            assertThat(identity.networks(kind).distribution(identity.initialize(kind, 1)))
                    .usingRecursiveComparison()
                    .isEqualTo(prior);
        }
        assertThat(tied.parameterCount(Kind.AUTOENCODER)).isEqualTo(own.parameterCount(Kind.AUTOENCODER));
    }
}
