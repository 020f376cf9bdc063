package io.github.sparklatent.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.ml.Families;
import io.github.sparklatent.ml.network.keys.NetworkShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The files in {@code conf} are configurations of this version. */
class ShippedConfigurationsTest {
    private static final Path DIGITS = Path.of("conf/digits.conf");
    private static final Path LARGE_TABLE = Path.of("conf/large-table.conf");
    private static final Path DIGITS_VAE = Path.of("conf/digits-vae.conf");
    private static final Path DIGITS_CHAINS = Path.of("conf/dlgm-digits.conf");
    private static final Path MNIST = Path.of("conf/mnist-vae.conf");
    private static final Path MIXED_TABLE = Path.of("conf/mixed-table.conf");
    private static final Path MIXTURE = Path.of("conf/mixture.conf");

    private static final List<String> LATENT_TYPES = List.of("mog-vae", "vade", "cluster-vae", "gan", "vae-gan");

    /** Those of a single recipe; {@code RecipesTest} compares them with their tables. */
    private static final List<Path> RECIPES = Stream.of(
                    "ae-denoising",
                    "cluster-vae-published",
                    "mog-vae-two",
                    "monte-carlo-em",
                    "vae-conditional",
                    "vae-convolution",
                    "vae-full-posterior",
                    "vae-perceptual",
                    "vae-score-function")
            .map(name -> Path.of("conf/%s.conf".formatted(name)))
            .toList();

    /** The recipes that need no other model beside their table. */
    static Stream<Path> recipes() {
        return RECIPES.stream().filter(path -> !path.endsWith("vae-perceptual.conf"));
    }

    private static Stream<Path> all() {
        return Stream.concat(
                Stream.concat(
                        Stream.of(
                                DIGITS,
                                LARGE_TABLE,
                                DIGITS_VAE,
                                DIGITS_CHAINS,
                                MNIST,
                                of("vae-clusters", "mnist"),
                                MIXED_TABLE,
                                MIXTURE),
                        RECIPES.stream()),
                LATENT_TYPES.stream().flatMap(type -> Stream.of(of(type, "digits"), of(type, "mnist"))));
    }

    private static Path of(String type, String data) {
        return Path.of("conf/%s-%s.conf".formatted(type, data));
    }

    private static JobConfiguration load(Path file) {
        return Sandbox.load(file, List.of(), Job.TRAIN, Families.types(), Map.of());
    }

    @ParameterizedTest
    @EnumSource(
            names = {"COMPARE", "REGISTRY"},
            mode = EnumSource.Mode.EXCLUDE)
    void everyJobCanReadThem(Job job) {
        for (Path file : all().toList()) {
            assertThat(Sandbox.load(file, List.of(), job, Families.types(), Map.of()))
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Job.class)
    void theNightlyConfigurationServesEveryCommand(Job job) {
        JobConfiguration nightly = Sandbox.load(
                Path.of("conf/nightly.conf"), List.of(), job, Families.types(), Map.of("RUN_ID", "2026-01-31"));
        assertThat(nightly.registry().isRun()).isTrue();
        if (job == Job.TRAIN) {
            assertThat(nightly.resultPath(job)).isEqualTo("hdfs:///models/orders");
        }
    }

    /** The exit codes that mean the same for Airflow and systemd. */
    @Test
    void schedulesDoNotRepeatWhatStaysWrong() throws IOException {
        assertThat(Files.readString(Path.of("conf/schedules/airflow_dag.py"))).contains("FINAL = (2, 3, 4, 5)");
        assertThat(Files.readString(Path.of("conf/schedules/spark-latent-night.service")))
                .contains("\nRestart=on-failure\n", "\nRestartPreventExitStatus=2 3 4 5\n");
    }

    @Test
    void whatIsEmbeddedIsWhereTheFilesSay() {
        Stream<Path> digits = LATENT_TYPES.stream().map(type -> of(type, "digits"));
        for (Path file : Stream.concat(Stream.of(DIGITS_VAE, DIGITS_CHAINS, MIXED_TABLE), digits)
                .toList()) {
            assertThat(load(file).data().paths()).allMatch(path -> Files.exists(Path.of(path)));
        }
        assertThat(load(MIXED_TABLE).settings().bind(NetworkShape.DEFAULT).likelihood())
                .extracting(setting -> setting.type().toString())
                .containsExactly("gaussian", "poisson", "categorical", "bernoulli");
    }

    @Test
    void aJobOfAnomaliesAddsItsTableOnly(@TempDir Path directory) throws IOException {
        for (Job one : List.of(Job.TRAIN, Job.SCORE)) {
            assertThat(including("anomalies", one, directory).settings().show("model.robust"))
                    .isEqualTo("refit");
        }
    }

    @Test
    void aJobOfGeneratedRowsAddsItsTableOnly(@TempDir Path directory) throws IOException {
        for (Job one : List.of(Job.TRAIN, Job.SAMPLE, Job.EVALUATE)) {
            assertThat(including("synthetic-rows", one, directory).settings().show("model.within"))
                    .isEqualTo("trees");
            assertThat(including("synthetic-rows-vae", one, directory).data().scale())
                    .isEqualTo(Scale.QUANTILE);
        }
    }

    /** Returns the configuration of a job that adds its table to a shipped one. */
    private static JobConfiguration including(String name, Job one, Path directory) throws IOException {
        Path job = Files.writeString(directory.resolve("job.conf"), """
                        include required(file("conf/%s.conf"))
                        data { path = customers.parquet, id = customer }
                        output.path = out/customers
                        """.formatted(name));
        return Sandbox.load(job, List.of(), one, Families.types(), Map.of());
    }
}
