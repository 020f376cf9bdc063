package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.cluster.storage.HadoopStore;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.ModelChecksums;
import io.github.sparklatent.ml.mixture.GaussianMixtureModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model has a description of itself, which inspect prints without reading the model. */
class InspectionTest extends NetworkTest {
    private Path trained(String... model) {
        write("table.csv", table(60));
        String[] lines = network("data.scale = standard");
        System.arraycopy(model, 0, lines, 0, 1);
        if (model.length > 1) {
            lines[3] = model[1];
        }
        done(run("train", lines));
        return folder.resolve("out/model");
    }

    private String inspect(String... further) {
        return done(latent(with(new String[] {"inspect", folder + "/out"}, further)))
                .out();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model { components = [2, 3], covariance = factor }",
                "model { fit = variational-inference, components = 2 }"
            })
    void theDescriptionOfATableModelIsThatOfTheModelItself(String model) throws IOException {
        assertSame(trained(model, "train.maxRounds = 3"));
    }

    @Test
    void theDescriptionOfANetworkIsThatOfTheModelItself() throws IOException {
        assertSame(trained("model { type = vae, latent = 2, encoder = [6] }"));
    }

    /** The description has no parameters, because networks can have gigabytes of them. */
    @Test
    void jsonHasEveryParameterOfAMixtureByItsName() throws IOException {
        Path model = trained("model { components = 2, covariance = full }", "train.maxRounds = 3");
        assertThat(Files.readString(model.resolve("inspection.json"))).doesNotContain("content");
        Map<?, ?> content = content();
        assertThat(content.keySet()).extracting(Object::toString).containsExactly("mixture", "fit");
        MixtureParameters mixture = GaussianMixtureModel.load(
                        model.resolve("stages/1_gmm").toString())
                .mixture();
        Map<?, ?> found = (Map<?, ?>) content.get("mixture");
        assertThat(found.get("type")).isEqualTo("FULL");
        assertThat(found.get("weights"))
                .isEqualTo(Arrays.stream(mixture.weights()).boxed().toList());
        assertThat(found.get("means")).isEqualTo(rows(mixture.means()));
        assertThat(found.get("covariances"))
                .isEqualTo(
                        mixture.covariances().stream().map(InspectionTest::rows).toList());
    }

    private Map<?, ?> content() {
        assertThat(inspect()).doesNotContain("content");
        return (Map<?, ?>) Json.parse(inspect("--json")).get("content");
    }

    private static List<List<Double>> rows(DMatrixRMaj matrix) {
        return IntStream.range(0, matrix.numRows)
                .mapToObj(i -> IntStream.range(0, matrix.numCols)
                        .mapToObj(j -> matrix.get(i, j))
                        .toList())
                .toList();
    }

    private void assertSame(Path model) throws IOException {
        String text = inspect();
        String json = inspect("--json");
        Files.delete(model.resolve("inspection.json"));
        Files.delete(model.resolve(ModelChecksums.NAME));
        assertThat(inspect()).isEqualTo(text);
        assertThat(inspect("--json")).isEqualTo(json);
    }

    @Test
    void aDescriptionIsReadIfTheChecksumsAreThoseOfTheFiles() throws IOException {
        Path model = trained("model { type = factor-analysis, latent = 2 }", "train.maxRounds = 3");
        Path described = model.resolve("inspection.json");
        Files.writeString(described, Files.readString(described).replace("scale", "dimension"));
        Files.deleteIfExists(model.resolve(".inspection.json.crc"));
        assertRefused(
                latent("inspect", folder + "/out"),
                3,
                "its file \"inspection.json\" does not have the checksum in _CHECKSUMS");
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(model.toString());
        ModelChecksums.write(new HadoopStore(new Configuration(), path), path);
        assertThat(inspect()).as("read from the description").contains("dimension");
        Files.delete(model.resolve(ModelChecksums.NAME));
        assertThat(inspect()).as("read from the model").contains("scale     standard");
    }
}
