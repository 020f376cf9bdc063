package io.github.sparklatent.ml.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.SavedContent;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.ImageShape;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.nn.likelihood.Categorical;
import io.github.sparklatent.nn.likelihood.ColumnFamily;
import io.github.sparklatent.nn.likelihood.Composite;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.nn.likelihood.IndependentColumns;
import io.github.sparklatent.nn.likelihood.Likelihood;
import io.github.sparklatent.nn.likelihood.OutputGaussian;
import io.github.sparklatent.nn.likelihood.Poisson;
import io.github.sparklatent.scoring.NetworkFit;
import io.github.sparklatent.scoring.NetworkFit.StageFit;
import io.github.sparklatent.vae.Reconstruction;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.PosteriorCovariance;
import io.github.sparklatent.vae.model.PriorCovariance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Autoencoders saved and loaded: the same bits, and a sentence for what is damaged. */
@Tag("slow")
class SavedNetworkTest {
    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        LocalSpark.session();
    }

    private static Architecture architecture(Likelihood likelihood, ImageShape image) {
        List<LayerSpec> layers = image == null
                ? List.of(new LayerSpec.Width(5))
                : List.of(new LayerSpec.Kernel(2, 2, 1, 0), new LayerSpec.Width(4));
        return new Architecture(
                likelihood.width(),
                image,
                2,
                layers,
                List.of(new LayerSpec.Width(3)),
                Activation.LEAKY_RELU,
                likelihood,
                Initialization.HE_UNIFORM);
    }

    private static TrainedNetwork network(Kind kind, Architecture architecture) {
        return new TrainedNetwork(kind, architecture, architecture.initialize(kind, 3));
    }

    private static NetworkFit fit() {
        return new NetworkFit(
                List.of("elbo", "kl"),
                List.of(-1.5, 0.25),
                List.of(),
                List.of(new StageFit("encoder", List.of(3.0, 2.0), 0.5), new StageFit("decoder", List.of(1.5), 1)),
                100,
                1,
                false,
                "{\"seed\":1}");
    }

    private String save(NetworkModel<?> model) throws IOException {
        String path = directory.resolve("model").toString();
        model.write().overwrite().save(path);
        return path;
    }

    @Test
    void everyLikelihoodComesBackBitForBit() throws IOException {
        Likelihood mixed = new Composite(List.of(
                new Composite.Group(List.of(1, 3), new Poisson(2)),
                new Composite.Group(List.of(0, 2, 4), new Categorical(3, false)),
                new Composite.Group(List.of(5), new OutputGaussian(1, 0.01))));
        Stream<Likelihood> plain = Stream.of(new Bernoulli(6), Gaussian.fixed(6, 0.25), Gaussian.learnt(6), mixed);
        Stream<Likelihood> families = Stream.of(ColumnFamily.values()).map(family -> new IndependentColumns(family, 6));
        for (Likelihood likelihood : Stream.concat(plain, families).toList()) {
            Architecture architecture = architecture(likelihood, null);
            VariationalAutoencoderModel model = new VariationalAutoencoderModel(
                            "m", network(Kind.VARIATIONAL, architecture), fit())
                    .setScoreSamples(7)
                    .setScoreReconstruction("sample");
            VariationalAutoencoderModel loaded = VariationalAutoencoderModel.load(save(model));
            assertThat(loaded.uid()).isEqualTo("m");
            assertThat(loaded.getScoreSamples()).isEqualTo(7);
            assertThat(loaded.scoringOptions().reconstruction()).isEqualTo(Reconstruction.SAMPLE);
            assertThat(loaded.network().architecture()).isEqualTo(architecture);
            assertThat(loaded.network().parameters()).isEqualTo(model.network().parameters());
            assertThat(loaded.fitRecord()).isEqualTo(Optional.of(fit()));
        }
    }

    @Test
    void aFullCovarianceComesBack() throws IOException {
        Architecture architecture = architecture(Gaussian.learnt(6), null).withCovariance(PosteriorCovariance.FULL);
        VariationalAutoencoderModel model =
                new VariationalAutoencoderModel("m", network(Kind.VARIATIONAL, architecture), fit());
        VariationalAutoencoderModel loaded = VariationalAutoencoderModel.load(save(model));
        assertThat(loaded.network().architecture()).isEqualTo(architecture);
        assertThat(loaded.network().parameters()).isEqualTo(model.network().parameters());
    }

    @ParameterizedTest
    @EnumSource(value = PriorCovariance.class, names = "DIAGONAL", mode = EnumSource.Mode.EXCLUDE)
    void thePriorsCovarianceComesBack(PriorCovariance covariance) throws IOException {
        Architecture architecture =
                architecture(Gaussian.learnt(6), null).withComponents(3).withPriorCovariance(covariance);
        MixtureVariationalAutoencoderModel model =
                new MixtureVariationalAutoencoderModel("m", network(Kind.MIXTURE, architecture), fit());
        MixtureVariationalAutoencoderModel loaded = MixtureVariationalAutoencoderModel.load(save(model));
        assertThat(loaded.network().architecture()).isEqualTo(architecture);
        assertThat(loaded.network().parameters()).isEqualTo(model.network().parameters());
        assertThat(loaded.toString()).contains("components 3 (%s covariance)".formatted(covariance));
    }

    @Test
    void convolutionsAndPlainAutoencodersToo() throws IOException {
        Architecture architecture = architecture(new Bernoulli(12), new ImageShape(1, 3, 4));
        AutoencoderModel model = new AutoencoderModel("m", network(Kind.AUTOENCODER, architecture), null);
        AutoencoderModel loaded = AutoencoderModel.load(save(model));
        assertThat(loaded.network().architecture()).isEqualTo(architecture);
        assertThat(loaded.network().parameters()).isEqualTo(model.network().parameters());
        assertThat(loaded.fitRecord()).isEmpty();
        assertThatThrownBy(() -> VariationalAutoencoderModel.load(
                        directory.resolve("model").toString()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("AutoencoderModel, expected a " + VariationalAutoencoderModel.class.getName());
    }

    private static VariationalAutoencoderModel small() {
        return new VariationalAutoencoderModel(
                "m", network(Kind.VARIATIONAL, architecture(Gaussian.fixed(3, 1), null)), fit());
    }

    private static void assertRefused(String path, String sentence) {
        assertThatThrownBy(() -> VariationalAutoencoderModel.load(path))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the model at " + path)
                .hasMessageContaining(sentence);
    }

    @Test
    void aRecordWhoseFiguresHaveOtherNames() throws IOException {
        String path = save(small());
        SavedContent.change(
                Path.of(path), content -> ((ArrayNode) content.get("fit").get("measures")).remove(0));
        assertRefused(path, "is damaged: metrics of the training rows: found 2, expected 1");
    }

    /** The weights of the first layer are 90,000 numbers, which are three pieces of the file. */
    @Test
    void aMatrixOfSeveralPiecesComesBackBitForBit() throws IOException {
        Architecture architecture = new Architecture(
                300,
                null,
                2,
                List.of(new LayerSpec.Width(300)),
                List.of(new LayerSpec.Width(3)),
                Activation.LEAKY_RELU,
                Gaussian.fixed(300, 1),
                Initialization.HE_UNIFORM);
        VariationalAutoencoderModel model =
                new VariationalAutoencoderModel("m", network(Kind.VARIATIONAL, architecture), null);
        String path = save(model);
        assertThat(SavedContent.read(Path.of(path)).get(1).get("parameters").size())
                .isEqualTo(4);
        assertThat(VariationalAutoencoderModel.load(path).network().parameters())
                .isEqualTo(model.network().parameters());
    }

    @Test
    void aSavedArchitectureThatIsDamaged() throws IOException {
        String path = save(small());
        String whole =
                SavedContent.read(Path.of(path)).get(1).get("architecture").asText();
        String activation = "\"activation\":\"[a-z-]+\"";
        assertThat(whole).containsPattern(activation);
        for (String text : List.of(
                "{",
                "null",
                "{\"inputs\": 3}",
                whole.replaceFirst(activation, "\"activation\":null"),
                whole.replaceFirst(activation, "\"activation\":\"nope\""))) {
            SavedContent.change(Path.of(path), content -> content.put("architecture", text));
            assertRefused(path, "the architecture of the model is damaged: ");
        }
    }
}
