package io.github.sparklatent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.JobScript.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A family of models in a jar of its own: four classes of the package {@code example} and a service line. The commands
 * find it.
 */
class FurtherFamilyIT {
    private static final String SERVICE = "META-INF/services/io.github.sparklatent.ml.core.FamilySource";

    @TempDir
    Path folder;

    private Path jar() throws IOException {
        Path jar = folder.resolve("example.jar");
        Path classes = Path.of("target/test-classes");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.list(classes.resolve("io/github/sparklatent/example"))) {
            zip.putNextEntry(new ZipEntry(SERVICE));
            zip.write("io.github.sparklatent.example.ExponentialMixture".getBytes());
            for (Path file :
                    files.filter(name -> !name.toString().contains("Test")).toList()) {
                zip.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                zip.write(Files.readAllBytes(file));
            }
        }
        return jar;
    }

    private Outcome latent(Path jar, String... arguments) throws Exception {
        List<String> all = Stream.concat(
                        Stream.of(arguments), Stream.of("--", "--jars", jar.toString(), "--master", "local[2]"))
                .toList();
        return JobScript.of("latent", folder, Map.of()).run(all.toArray(String[]::new));
    }

    @Test
    void itTrainsAndSamples() throws Exception {
        Path jar = jar();
        StringBuilder table = new StringBuilder("x,y\n");
        for (int i = 1; i <= 400; i++) {
            double scale = i % 4 == 0 ? 0.2 : 10;
            table.append(-scale * Math.log((i - 0.5) / 400))
                    .append(',')
                    .append(-scale * Math.log(((i * 147) % 400 + 0.5) / 400))
                    .append('\n');
        }
        Files.writeString(folder.resolve("t.csv"), table);
        Path train = folder.resolve("train.conf");
        Files.writeString(train, """
                model { type = exponential, components = 2, spread = 3 }
                data { path = "%1$s/t.csv", format = csv, features = [x, y], holdout.fraction = 0.1 }
                output { path = "%1$s/out" }
                """.formatted(folder));
        Outcome trained = latent(jar, "train", "--config", train.toString());
        assertThat(trained.code()).as(trained.errors()).isZero();
        assertThat(trained.output())
                .startsWith("model     mixture of exponentials, 2 features")
                .contains("holdout   ");
        assertThat(Files.readString(folder.resolve("out/metrics.json"))).contains("\"weights\"");
        assertThat(Files.readString(folder.resolve("out/report.html")))
                .contains("weights-chart", "Share of the rows that each component has.");

        Path sample = folder.resolve("sample.conf");
        Files.writeString(sample, """
                model { type = exponential, path = "%1$s/out" }
                sample { rows = 50, component = 1 }
                output { path = "%1$s/drawn", format = csv }
                """.formatted(folder));
        Outcome drawn = latent(jar, "sample", "--config", sample.toString());
        assertThat(drawn.code()).as(drawn.errors()).isZero();

        Outcome without = JobScript.of("latent", folder, Map.of()).run("sample", "--config", sample.toString());
        assertThat(without.code()).isEqualTo(2);
        assertThat(without.errors()).contains("model.type is \"exponential\"");
    }
}
