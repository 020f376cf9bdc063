package io.github.sparklatent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The files in {@code conf} are configurations of this version. */
class ShippedConfigurationsTest {
    private static final Path DIGITS = Path.of("conf/digits.conf");
    private static final Path LARGE_TABLE = Path.of("conf/large-table.conf");
    private static final Path DIGITS_VAE = Path.of("conf/digits-vae.conf");
    private static final Path MNIST = Path.of("conf/mnist-vae.conf");
    private static final Path MIXED_TABLE = Path.of("conf/mixed-table.conf");

    private static final List<String> LATENT_TYPES =
            List.of("mog-vae", "vade", "cluster-vae", "gan", "vae-gan");

    private static Stream<Path> all() {
        return Stream.concat(
                Stream.of(DIGITS, LARGE_TABLE, DIGITS_VAE, MNIST, MIXED_TABLE),
                LATENT_TYPES.stream()
                        .flatMap(type -> Stream.of(of(type, "digits"), of(type, "mnist"))));
    }

    private static Path of(String type, String data) {
        return Path.of("conf/%s-%s.conf".formatted(type, data));
    }

    private static NetworkSettings network(Path file) {
        return (NetworkSettings) JobConfiguration.load(file, List.of(), Job.TRAIN).model();
    }

    @ParameterizedTest
    @EnumSource(Job.class)
    void everyJobCanReadThem(Job job) {
        for (Path file : all().toList()) {
            JobConfiguration configuration = JobConfiguration.load(file, List.of(), job, Map.of());
            assertThat(configuration.unmet(job)).isEmpty();
        }
    }

    @Test
    void theDigitsAreWhereTheFileSaysAndHaveItsColumns() {
        DataSection data = JobConfiguration.load(DIGITS, List.of(), Job.TRAIN).data();

        assertThat(data.paths()).allMatch(path -> Files.exists(Path.of(path)));
        assertThat(data.format()).isEqualTo(DataFormat.CSV);
        assertThat(data.header()).isFalse();
        assertThat(data.label()).contains("_c64");
    }

    @Test
    void whatIsEmbeddedIsWhereTheFilesSay() {
        Stream<Path> digits = LATENT_TYPES.stream().map(type -> of(type, "digits"));
        for (Path file : Stream.concat(Stream.of(DIGITS_VAE, MIXED_TABLE), digits).toList()) {
            assertThat(JobConfiguration.load(file, List.of(), Job.TRAIN).data().paths())
                    .allMatch(path -> Files.exists(Path.of(path)));
        }
        assertThat(network(MIXED_TABLE).architecture().likelihood())
                .extracting(LikelihoodSetting::type)
                .containsExactly("gaussian", "poisson", "categorical", "bernoulli");
    }

    @Test
    void theLargeTableTakesItsPathFromTheEnvironment() {
        Map<String, String> environment = Map.of("READINGS", "s3a://bucket/readings");

        assertThat(
                        JobConfiguration.load(LARGE_TABLE, List.of(), Job.TRAIN, environment)
                                .data()
                                .paths())
                .containsExactly("s3a://bucket/readings");
        assertThat(
                        JobConfiguration.load(LARGE_TABLE, List.of(), Job.TRAIN, Map.of())
                                .data()
                                .paths())
                .containsExactly("hdfs:///warehouse/readings");
    }

    @Test
    void thereIsOneOfEachTypeForTheDigitsAndForMnist() {
        for (String type : LATENT_TYPES) {
            for (String data : List.of("digits", "mnist")) {
                assertThat(network(of(type, data)).type()).hasToString(type);
            }
        }
    }

    @Test
    void mnistIsWhereTheCommandLineSays() {
        for (String type : LATENT_TYPES) {
            List<String> paths =
                    List.of(
                            "data.path=[a, b]",
                            "data.labels=[c, d]",
                            "data.holdout.path=e",
                            "data.holdout.labels=f",
                            "data.holdout.fraction=0");
            DataSection data = JobConfiguration.load(of(type, "mnist"), paths, Job.TRAIN).data();
            assertThat(data.paths()).containsExactly("a", "b");
        }
    }

    @Test
    void deepEmbeddingOfMnistIsThePapersNetworkWithTheReliableStart() {
        NetworkSettings vade = network(of("vade", "mnist"));
        assertThat(vade.architecture().encoder())
                .extracting(LayerSetting::width)
                .containsExactly(500, 500, 2000);
        assertThat(vade.architecture().latent()).isEqualTo(10);
        assertThat(vade.architecture().components()).isEqualTo(10);
        assertThat(vade.clustering())
                .isEqualTo(
                        new ClusteringSettings(
                                "over-clustering", 12, 10_000, 20, Optional.empty(), 10));
        assertThat(vade.stages())
                .extracting(StageSettings::name)
                .containsExactly("autoencoder", "fixed", "clustering");
        assertThat(vade.stages())
                .extracting(stage -> stage.averaging().maxPasses())
                .containsExactly(20.0, 2.0, 20.0);
        assertThat(vade.stages())
                .extracting(stage -> stage.optimizer().schedule().type())
                .containsExactly("cosine", "constant", "cosine");
    }
}
