package io.github.sparklatent.app.config;

import static io.github.sparklatent.ml.mixture.MixtureModelType.GMM;
import static io.github.sparklatent.ml.network.keys.NetworkModelTypes.VAE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.ParamValues;
import io.github.sparklatent.config.value.ParamForm;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.initialization.Initialization;
import io.github.sparklatent.ml.mixture.GaussianMixture;
import io.github.sparklatent.ml.network.VariationalAutoencoder;
import io.github.sparklatent.ml.network.keys.LikelihoodSetting;
import io.github.sparklatent.ml.network.keys.LikelihoodSetting.Spread;
import io.github.sparklatent.ml.network.keys.NetworkModelTypes;
import io.github.sparklatent.ml.network.keys.StageSetting;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.likelihood.LikelihoodType;
import io.github.sparklatent.vae.stage.VaeStage;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of hyperparameters in Spark Params. */
class ParamValuesTest {

    /** A key, a value of it, the form of its Param and what the Param holds. */
    static Stream<Arguments> values() {
        return Stream.of(
                arguments(of(VAE, "model.latent"), 3, ParamForm.INT, 3),
                arguments(of(VAE, "model.latent"), Integer.MAX_VALUE, ParamForm.INT, Integer.MAX_VALUE),
                arguments(of(GMM, "train.seed"), -7L, ParamForm.LONG, -7L),
                arguments(of(GMM, "train.seed"), Long.MIN_VALUE, ParamForm.LONG, Long.MIN_VALUE),
                arguments(of(GMM, "train.seed"), Long.MAX_VALUE, ParamForm.LONG, Long.MAX_VALUE),
                arguments(of(VAE, "model.beta"), 0.1, ParamForm.DOUBLE, 0.1),
                arguments(of(VAE, "model.beta"), 5.0, ParamForm.DOUBLE, 5.0),
                arguments(of(VAE, "model.beta"), Double.MIN_VALUE, ParamForm.DOUBLE, Double.MIN_VALUE),
                arguments(of(VAE, "model.beta"), Double.MAX_VALUE, ParamForm.DOUBLE, Double.MAX_VALUE),
                arguments(of(GMM, "train.acceleration"), true, ParamForm.BOOLEAN, true),
                arguments(of(GMM, "train.acceleration"), false, ParamForm.BOOLEAN, false),
                arguments(of(VAE, "model.activation"), Activation.LEAKY_RELU, ParamForm.STRING, "leaky-relu"),
                arguments(of(GMM, "model.covariance"), CovarianceType.TIED, ParamForm.STRING, "tied"),
                arguments(
                        of(GMM, "model.initialization"),
                        Initialization.K_MEANS_PARALLEL,
                        ParamForm.STRING,
                        "k-means||"),
                arguments(
                        of(GMM, "train.initialModel"),
                        "s3a://bucket/a \"b\" #c",
                        ParamForm.STRING,
                        "s3a://bucket/a \"b\" #c"),
                arguments(of(VAE, "model.image"), List.of(1, 28, 28), ParamForm.INTS, new int[] {1, 28, 28}),
                arguments(of(GMM, "data.features"), List.of("a:b", "x*", "\"c\" #"), ParamForm.TEXTS, new String[] {
                    "a:b", "x*", "\"c\" #"
                }),
                arguments(of(GMM, "model.components"), List.of(2, 3), ParamForm.COUNTS, new String[] {"2", "3"}),
                arguments(of(GMM, "model.components"), List.of(), ParamForm.COUNTS, new String[] {"auto"}),
                arguments(
                        of(VAE, "model.encoder"),
                        List.of(new LayerSpec.Kernel(32, 4, 2, 1), new LayerSpec.Width(500)),
                        ParamForm.STRINGS,
                        new String[] {"{ conv = 32, kernel = 4, stride = 2, padding = 1 }", "500"}),
                arguments(of(VAE, "model.encoder"), List.of(), ParamForm.STRINGS, new String[0]),
                arguments(
                        of(VAE, "model.likelihood"),
                        List.of(
                                new LikelihoodSetting(List.of("a", "b*"), LikelihoodType.GAUSSIAN, Spread.LEARNT, 1),
                                new LikelihoodSetting(List.of("c"), LikelihoodType.POISSON, Spread.FIXED, 1)),
                        ParamForm.HOCON,
                        "[{ columns = [a, \"b*\"], likelihood { type = gaussian, variance = learnt"
                                + " } }, { columns = [c], likelihood = poisson }]"));
    }

    @SuppressWarnings("unchecked") // the caller knows the type of the value
    private static <T> Key<T> of(ModelType type, String path) {
        return (Key<T>) type.estimatorSchema().key(path).orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("values")
    void aValueComesBackFromItsParam(Key<?> key, Object value, ParamForm form, Object held) {
        assertThat(key.kind().form()).isEqualTo(form);
        Object found = ParamValues.toParam(key, value);
        if (form == ParamForm.HOCON) { // one of several texts of the same value
            assertThat(found).isInstanceOf(String.class);
        } else {
            assertThat(found).isEqualTo(held);
        }
        assertThat((Object) ParamValues.fromParam(key, found)).isEqualTo(value);
        assertThat((Object) ParamValues.fromParam(key, held)).isEqualTo(value);
    }

    /** JSON may have numbers, and an empty array for auto. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {"[2,3] ~ 2 3", "[10] ~ 10", "[] ~ auto", "[\"auto\"] ~ auto", "[\"7\"] ~ 7"})
    void countsAreReadFromJson(String json, String held) {
        assertThat(new GaussianMixture().k().jsonDecode(json)).containsExactly(held.split(" "));
    }

    @ParameterizedTest
    @EnumSource
    void everyFormIsTried(ParamForm form) {
        assertThat(values()).anyMatch(arguments -> arguments.get()[2] == form);
    }

    /** Their settings know where each value was written, so the texts are compared. */
    @Test
    void stagesComeBackFromTheirText() {
        String stages = "[{ name = autoencoder, maxEpochs = 2 }, { name = decoder, adversarialWeight = 0.1,"
                + " optimizer { type = sgd, schedule { type = step, every = 3 } }, outer.type ="
                + " average }]";
        Key<List<StageSetting>> key = of(NetworkModelTypes.MOG_VAE, "train.stages");
        Object text = comesBack(key, stages);
        List<StageSetting> read = ParamValues.fromParam(key, text);
        assertThat(read).extracting(StageSetting::stage).containsExactly(VaeStage.AUTOENCODER, VaeStage.DECODER);
        assertThat(read.get(1).weight()).isEqualTo(0.1);
        assertThat(read.get(1).given().get("train.optimizer.schedule.every").value())
                .isEqualTo(3.0);
        text = comesBack(key, "{ name = joint }");
        assertThat(ParamValues.fromParam(key, text))
                .extracting(StageSetting::stage)
                .containsExactly(VaeStage.JOINT);
    }

    private static <T> Object comesBack(Key<T> key, String text) {
        Object first = ParamValues.toParam(key, ParamValues.fromParam(key, text));
        Object second = ParamValues.toParam(key, ParamValues.fromParam(key, first));
        assertThat(second).isEqualTo(first);
        return first;
    }

    @Test
    void aSetterAndAParamOfAGridAreChecked() {
        VariationalAutoencoder vae = new VariationalAutoencoder();
        for (ThrowingCallable setter : List.<ThrowingCallable>of(
                () -> vae.setLatent(0), () -> vae.latent().w(0))) {
            assertThatThrownBy(setter)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("latent is 0, must be an integer >= 1");
        }
        assertThatThrownBy(() -> vae.setEncoder("{ conv = ")).hasMessageStartingWith("encoder is [{ conv = ], which");
        assertThatThrownBy(() -> vae.setActivation("rleu"))
                .hasMessageStartingWith("activation is \"rleu\", must be one");
        assertThatThrownBy(() -> new GaussianMixture().setK(3, 3)).hasMessageStartingWith("k names 3");
    }
}
