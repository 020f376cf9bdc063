package io.github.sparklatent.ml.mixture;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.Tables;
import io.github.sparklatent.ml.columns.FeatureAssembler;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.SaveMode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way in which a model's directory can be wrong ends in a sentence. */
@Tag("slow")
class DamagedModelTest {
    @TempDir private static Path whole;

    @TempDir private Path directory;
    private Path model;

    @BeforeAll
    static void save() throws IOException {
        LocalSpark.session();
        new GaussianMixtureModel("gmm", Tables.known()).write().overwrite().save(whole.toString());
    }

    @BeforeEach
    void copy() throws IOException {
        model = directory.resolve("model");
        try (Stream<Path> files = Files.walk(whole)) {
            for (Path file : files.toList()) {
                Files.copy(file, model.resolve(whole.relativize(file).toString()));
            }
        }
    }

    private void refusesWith(String sentence) {
        assertThatThrownBy(() -> GaussianMixtureModel.load(model.toString()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(sentence);
    }

    /** A program has no command line to be given libraries at. */
    @Test
    void aFileSystemWithoutItsConnectorIsToldWithoutACommandsOptions() {
        assertThatThrownBy(() -> GaussianMixtureModel.load("s3a://bucket/model"))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(
                        "cannot open s3a://bucket/model: a class of s3a:// is missing (Class"
                                + " org.apache.hadoop.fs.s3a.S3AFileSystem not found); add the")
                .hasMessageEndingWith("e.g. org.apache.hadoop:hadoop-aws for s3a://");
    }

    private static void delete(Path path) throws IOException {
        Files.walkFileTree(
                path,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path folder, IOException e)
                            throws IOException {
                        Files.delete(folder);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private static Path parquet(Path table) throws IOException {
        try (Stream<Path> files = Files.list(table)) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Puts other rows in the place of the components'. */
    private void rewrite(String... expressions) {
        var spark = LocalSpark.session();
        String data = model.resolve("data").toString();
        String copy = directory.resolve("copy").toString();
        spark.read().parquet(data).write().parquet(copy);
        spark.read()
                .parquet(copy)
                .selectExpr(expressions)
                .coalesce(1)
                .write()
                .mode(SaveMode.Overwrite)
                .parquet(data);
    }

    @Test
    void nothingThere() throws IOException {
        delete(model);
        refusesWith("there is no model at " + model);
    }

    @Test
    void noMetadata() throws IOException {
        delete(model.resolve("metadata"));
        refusesWith("the model at " + model + " is truncated: it has no metadata directory");
    }

    @Test
    void emptyMetadata() throws IOException {
        try (Stream<Path> files = Files.list(model.resolve("metadata"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        refusesWith("cannot read the metadata of " + model + ", it is damaged");
    }

    @Test
    void metadataThatIsNoJson() throws IOException {
        delete(model.resolve("metadata"));
        Files.createDirectory(model.resolve("metadata"));
        Files.writeString(model.resolve("metadata/part-00000"), "{\"class\": ");
        refusesWith("cannot read the metadata of " + model + ", it is damaged");
    }

    @Test
    void anotherClass() throws IOException {
        delete(model);
        new GaussianMixture("estimator").save(model.toString());
        refusesWith(
                "is a io.github.sparklatent.ml.mixture.GaussianMixture, expected a Gaussian"
                        + " mixture");
    }

    @Test
    void aPipelineWithoutItsFirstStage() throws IOException {
        delete(model);
        List<Transformer> stages =
                List.of(
                        new FeatureAssembler("assembler").setInputCols("x"),
                        new GaussianMixtureModel("gmm", Tables.known()));
        new PipelineModel("pipeline", stages).save(model.toString());
        delete(model.resolve("stages/0_assembler"));
        refusesWith("the pipeline at " + model + " is truncated: it has 1 stage, expected 2");
    }

    @Test
    void aPipelineOfSomethingElse() throws IOException {
        delete(model);
        List<Transformer> stages = List.of(new FeatureAssembler("assembler").setInputCols("x"));
        new PipelineModel("pipeline", stages).save(model.toString());
        refusesWith(
                "the pipeline at "
                        + model
                        + " has the stages io.github.sparklatent.ml.columns.FeatureAssembler,"
                        + " expected one Gaussian mixture among them");
    }

    @Test
    void aPipelineOfAnotherVersion() throws IOException {
        delete(model);
        List<Transformer> stages = List.of(new GaussianMixtureModel("gmm", Tables.known()));
        new PipelineModel("pipeline", stages).save(model.toString());
        Path stage = model.resolve("stages/0_gmm");
        String old = "io.github.sparklatent.spark.GaussianMixtureModel";
        try (Stream<Path> files = Files.list(stage.resolve("metadata"))) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().startsWith("part-")) {
                    String text = Files.readString(file);
                    Files.writeString(
                            file, text.replace(GaussianMixtureModel.class.getName(), old));
                } else {
                    Files.delete(file); // the checksum
                }
            }
        }
        refusesWith(
                stage
                        + " is a "
                        + old
                        + ", a class that this version of spark-latent does not have: it was saved"
                        + " by another version");
    }

    @Test
    void noData() throws IOException {
        delete(model.resolve("data"));
        refusesWith("the model at " + model + " is truncated: it has no data directory");
    }

    @Test
    void noFit() throws IOException {
        delete(model.resolve("fit"));
        refusesWith("is truncated: it has no fit directory");
    }

    @Test
    void noParquetFile() throws IOException {
        Files.delete(parquet(model.resolve("data")));
        refusesWith("is truncated: its data directory has no Parquet file");
    }

    @Test
    void halfAParquetFile() throws IOException {
        Path file = parquet(model.resolve("data"));
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
        refusesWith(
                "is truncated: a Parquet file of " + bytes.length / 2 + " bytes without its end");
    }

    @Test
    void aComponentIsMissing() {
        rewrite("component + 1 component", "weight", "mean", "covariance");
        refusesWith("is damaged: component 0 is missing");
    }

    @Test
    void numbersThatAreNoMixture() {
        rewrite("component", "0.3D weight", "mean", "covariance");
        refusesWith("is damaged: ");
    }

    @Test
    void aNumberThatIsNone() {
        rewrite("component", "double('NaN') weight", "mean", "covariance");
        refusesWith("is damaged: ");
    }

    @Test
    void aNull() {
        rewrite("component", "weight", "if(component = 2, null, mean) mean", "covariance");
        refusesWith("is damaged: component 2 has a null, expected numbers");
    }

    @Test
    void aCovarianceOfAnotherLength() {
        rewrite("component", "weight", "mean", "mean covariance");
        refusesWith("is damaged: the covariance of component 0 has 2 numbers, expected 4");
    }

    @Test
    void aCovarianceThatIsNotPositiveDefinite() throws IOException {
        delete(model.resolve("data"));
        var vector = Vectors.dense(1, 2, 2, 1);
        Object[][] rows =
                Stream.of(0, 1, 2)
                        .map(
                                k ->
                                        new Object[] {
                                            k,
                                            List.of(0.5, 0.3, 0.2).get(k),
                                            Vectors.dense(k, 0),
                                            vector
                                        })
                        .toArray(Object[][]::new);
        LocalSpark.table(
                        LocalSpark.session(),
                        LocalSpark.session()
                                .read()
                                .parquet(whole.resolve("data").toString())
                                .schema(),
                        rows)
                .write()
                .parquet(model.resolve("data").toString());
        refusesWith("is damaged: the covariance of component 0 is not positive definite");
    }

    @Test
    void fewerComponentsThanStated() {
        String data = model.resolve("data").toString();
        var spark = LocalSpark.session();
        var rows = spark.read().parquet(data).where("component < 2").collectAsList();
        spark.createDataFrame(rows, spark.read().parquet(data).schema())
                .write()
                .mode(SaveMode.Overwrite)
                .parquet(data);
        refusesWith("is damaged: it has 2 components, expected 3");
    }
}
