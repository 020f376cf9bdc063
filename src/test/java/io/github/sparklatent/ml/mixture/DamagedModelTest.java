package io.github.sparklatent.ml.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.Mutations;
import io.github.sparklatent.SavedContent;
import io.github.sparklatent.cluster.Jobs;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.Tables;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way in which a model's directory can be wrong ends in a sentence. */
@Tag("slow")
class DamagedModelTest {
    @TempDir
    private static Path whole;

    @TempDir
    private Path directory;

    private Path model;

    @BeforeAll
    static void save() throws IOException {
        LocalSpark.session();
        new GaussianMixtureModel("gmm", Tables.known()).write().overwrite().save(whole.toString());
    }

    @BeforeEach
    void copy() throws IOException {
        model = directory.resolve("model");
        Mutations.copy(whole, model);
    }

    private void refusesWith(String sentence) {
        assertThatThrownBy(() -> GaussianMixtureModel.load(model.toString()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(sentence);
    }

    /** Changes the components of the model. */
    private void change(Consumer<ObjectNode> change) throws IOException {
        SavedContent.change(model, content -> change.accept((ObjectNode) content.at("/table/mixture/gaussian")));
    }

    /** Whoever writes metadata by Spark without one partition leaves empty parts beside the line. */
    @Test
    void compressedMetadataBesideAnEmptyPart() throws IOException {
        Path metadata = model.resolve("metadata");
        byte[] line = Files.readAllBytes(metadata.resolve("part-00000"));
        FileUtil.fullyDelete(metadata.toFile());
        Files.createDirectory(metadata);
        Files.createFile(metadata.resolve("_SUCCESS"));
        Files.createFile(metadata.resolve("part-00000"));
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(metadata.resolve("part-00001.gz")))) {
            out.write(line);
        }
        assertThat(GaussianMixtureModel.load(model.toString()).uid()).isEqualTo("gmm");
    }

    @Test
    void noJobSavesOrLoadsAModel() throws IOException {
        try (Jobs jobs = Jobs.follow(LocalSpark.session().sparkContext())) {
            GaussianMixtureModel.load(model.toString()).write().overwrite().save(model.toString());
            GaussianMixtureModel.load(model.toString());
            assertThat(jobs.descriptions()).isEmpty();
        }
    }

    @Test
    void anotherClass() throws IOException {
        FileUtil.fullyDelete(model.toFile());
        new GaussianMixture("estimator").save(model.toString());
        refusesWith("is a io.github.sparklatent.ml.mixture.GaussianMixture, expected a Gaussian" + " mixture");
    }

    @Test
    void aPipelineOfSomethingElse() throws IOException {
        FileUtil.fullyDelete(model.toFile());
        List<Transformer> stages = List.of(new VectorAssembler("assembler").setInputCols(new String[] {"x"}));
        new PipelineModel("pipeline", stages).save(model.toString());
        refusesWith("the pipeline at "
                + model
                + " has the stages org.apache.spark.ml.feature.VectorAssembler,"
                + " expected one Gaussian mixture among them");
    }

    private void refusesContent(String sentence) {
        refusesWith("the model at " + model + " cannot be read: the content of the model " + sentence);
    }

    @Test
    void contentOfAnotherVersionOrNone() throws IOException {
        ArrayNode tree = SavedContent.read(model);
        SavedContent.write(model, tree.deepCopy().set(0, 99));
        refusesContent("has format 99, expected 1: it was written by another version of this program");
        SavedContent.write(model, tree.get(1));
        refusesContent("has no version, expected one first");
    }

    @Test
    void aNumberThatIsNone() throws IOException {
        change(mixture -> mixture.set("weights", SavedContent.doubles(Double.NaN, 0.5, 0.5)));
        refusesContent("is damaged: mixture has a weight of NaN, expected a number not below 0");
        Mutations.copy(whole, model);
        change(mixture -> mixture.set("means", SavedContent.matrix(3, 2, 1, 2, 3, 4, 5, Double.NaN)));
        refusesContent("is damaged: the mixture's means hold NaN, expected finite numbers");
    }

    @Test
    void aCovarianceThatIsNotPositiveDefinite() throws IOException {
        change(mixture -> ((ArrayNode) mixture.get("covariances")).set(0, SavedContent.matrix(2, 2, 1, 2, 2, 1)));
        refusesWith("the model at " + model + " is damaged: the covariance of component 0 is not positive definite");
    }

    @Test
    void anotherNumberOfComponentsThanTheMixtureHas() throws IOException {
        Path metadata = model.resolve("metadata/part-00000");
        String line = Files.readString(metadata);
        assertThat(line).contains("\"k\":[\"3\"]");
        Files.delete(metadata.resolveSibling(".part-00000.crc"));
        Files.writeString(metadata, line.replace("\"k\":[\"3\"]", "\"k\":[\"2\"]"));
        refusesWith("is damaged: the Param k of its metadata does not describe its content");
    }
}
