package io.github.sparklatent.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

    @ParameterizedTest
    @EnumSource(Job.class)
    void everyJobCanReadThem(Job job) {
        for (Path file : List.of(DIGITS, LARGE_TABLE, DIGITS_VAE, MNIST, MIXED_TABLE)) {
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
        for (Path file : List.of(DIGITS_VAE, MIXED_TABLE)) {
            assertThat(JobConfiguration.load(file, List.of(), Job.TRAIN).data().paths())
                    .allMatch(path -> Files.exists(Path.of(path)));
        }
        ArchitectureSettings mixed =
                ((NetworkSettings) JobConfiguration.load(MIXED_TABLE, List.of(), Job.TRAIN).model())
                        .architecture();
        assertThat(mixed.likelihood())
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
}
