package io.github.sparklatent.ml.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.network.record.ArchitectureJson;
import io.github.sparklatent.ml.network.record.NetworkFit;
import io.github.sparklatent.ml.network.record.StageFit;
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
import io.github.sparklatent.vae.Reconstruction;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.PosteriorCovariance;
import io.github.sparklatent.vae.model.PriorCovariance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Autoencoders saved and loaded: the same bits, and a sentence for what is damaged. */
@Tag("slow")
class SavedNetworkTest {
    @TempDir private Path directory;

    @BeforeAll
    static void start() {
        LocalSpark.session();
    }

    private static Architecture architecture(Likelihood likelihood, ImageShape image) {
        List<LayerSpec> layers =
                image == null
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
                List.of(
                        new StageFit("encoder", List.of(3.0, 2.0), 0.5),
                        new StageFit("decoder", List.of(1.5), 1)),
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
        Likelihood mixed =
                new Composite(
                        List.of(
                                new Composite.Group(List.of(1, 3), new Poisson(2)),
                                new Composite.Group(List.of(0, 2, 4), new Categorical(3)),
                                new Composite.Group(List.of(5), new OutputGaussian(1, 0.01))));
        Stream<Likelihood> plain =
                Stream.of(new Bernoulli(6), Gaussian.fixed(6, 0.25), Gaussian.learnt(6), mixed);
        Stream<Likelihood> families =
                Stream.of(ColumnFamily.values()).map(family -> new IndependentColumns(family, 6));
        for (Likelihood likelihood : Stream.concat(plain, families).toList()) {
            Architecture architecture = architecture(likelihood, null);
            VariationalAutoencoderModel model =
                    new VariationalAutoencoderModel(
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
        Architecture architecture =
                architecture(Gaussian.learnt(6), null).withCovariance(PosteriorCovariance.FULL);
        VariationalAutoencoderModel model =
                new VariationalAutoencoderModel(
                        "m", network(Kind.VARIATIONAL, architecture), fit());
        VariationalAutoencoderModel loaded = VariationalAutoencoderModel.load(save(model));
        assertThat(loaded.network().architecture()).isEqualTo(architecture);
        assertThat(loaded.network().parameters()).isEqualTo(model.network().parameters());
    }

    @Test
    void aTiedPriorComesBack() throws IOException {
        Architecture architecture =
                architecture(Gaussian.learnt(6), null)
                        .withComponents(3)
                        .withPriorCovariance(PriorCovariance.TIED);
        MixtureVariationalAutoencoderModel model =
                new MixtureVariationalAutoencoderModel(
                        "m", network(Kind.MIXTURE, architecture), fit());
        MixtureVariationalAutoencoderModel loaded =
                MixtureVariationalAutoencoderModel.load(save(model));
        assertThat(loaded.network().architecture()).isEqualTo(architecture);
        assertThat(loaded.network().parameters()).isEqualTo(model.network().parameters());
        assertThat(loaded.toString()).contains("components 3 (tied covariance)");
    }

    @Test
    void convolutionsAndPlainAutoencodersToo() throws IOException {
        Architecture architecture = architecture(new Bernoulli(12), new ImageShape(1, 3, 4));
        AutoencoderModel model =
                new AutoencoderModel("m", network(Kind.AUTOENCODER, architecture), null);
        AutoencoderModel loaded = AutoencoderModel.load(save(model));
        assertThat(loaded.network().architecture()).isEqualTo(architecture);
        assertThat(loaded.network().parameters()).isEqualTo(model.network().parameters());
        assertThat(loaded.fitRecord()).isEmpty();
        assertThatThrownBy(
                        () ->
                                VariationalAutoencoderModel.load(
                                        directory.resolve("model").toString()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(
                        "AutoencoderModel, expected a "
                                + VariationalAutoencoderModel.class.getName());
    }

    @Test
    void aRecordWhoseStagesDoNotAddUp() throws IOException {
        Architecture architecture = architecture(Gaussian.fixed(3, 1), null);
        String path =
                save(
                        new VariationalAutoencoderModel(
                                "m", network(Kind.VARIATIONAL, architecture), fit()));
        Dataset<Row> fit = LocalSpark.session().read().parquet(path + "/fit");
        Dataset<Row> copy = LocalSpark.session().createDataFrame(fit.collectAsList(), fit.schema());
        for (Map.Entry<String, String> damage :
                Map.of(
                                "slice(stages, 1, 1)",
                                "stages with 2 rounds in total, expected 3, one for each loss",
                                "concat(stages, stages)",
                                "stages with more rounds than its 3 losses",
                                "cast(null as "
                                        + fit.schema().apply("stages").dataType().sql()
                                        + ")",
                                "a null, expected all columns")
                        .entrySet()) {
            copy.withColumn("stages", functions.expr(damage.getKey()))
                    .coalesce(1)
                    .write()
                    .mode(SaveMode.Overwrite)
                    .parquet(path + "/fit");
            assertThatThrownBy(() -> VariationalAutoencoderModel.load(path))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("is damaged: its record of the training has ")
                    .hasMessageContaining(damage.getValue());
        }
    }

    private void damaged(Dataset<Row> data, String sentence) throws IOException {
        Architecture architecture = architecture(Gaussian.fixed(3, 1), null);
        String path =
                save(
                        new VariationalAutoencoderModel(
                                "m", network(Kind.VARIATIONAL, architecture), null));
        data.coalesce(1).write().mode(SaveMode.Overwrite).parquet(path + "/data");
        assertThatThrownBy(() -> VariationalAutoencoderModel.load(path))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the model at " + path + " is damaged: ")
                .hasMessageContaining(sentence);
    }

    @Test
    void parametersThatAreMissingOrOfAnotherSize() throws IOException {
        Architecture architecture = architecture(Gaussian.fixed(3, 1), null);
        String path =
                save(
                        new VariationalAutoencoderModel(
                                "m", network(Kind.VARIATIONAL, architecture), null));
        Dataset<Row> data =
                LocalSpark.session()
                        .createDataFrame(
                                LocalSpark.session().read().parquet(path + "/data").collectAsList(),
                                LocalSpark.session().read().parquet(path + "/data").schema());
        String first = architecture.parameters(Kind.VARIATIONAL).get(0).name();
        damaged(
                data.where(functions.col("name").notEqual(first)),
                "the parameters \"" + first + "\" are missing");
        damaged(data.withColumn("columns", functions.col("columns").plus(1)), "expected ");
        damaged(data.union(data.limit(1)), "exist twice");
        damaged(
                data.withColumn(
                        "values", functions.expr("transform(values, v -> cast('NaN' as float))")),
                "hold NaN, expected finite numbers");
        damaged(
                data.union(
                        data.limit(1).withColumns(Map.of("name", functions.lit("more.weights")))),
                "it has parameters [more.weights], which do not belong to any layer");
    }

    /** The weights of the first layer are 90,000 numbers, which are two rows of the table. */
    private static VariationalAutoencoderModel wide() {
        Architecture architecture =
                new Architecture(
                        300,
                        null,
                        2,
                        List.of(new LayerSpec.Width(300)),
                        List.of(new LayerSpec.Width(3)),
                        Activation.LEAKY_RELU,
                        Gaussian.fixed(300, 1),
                        Initialization.HE_UNIFORM);
        return new VariationalAutoencoderModel("m", network(Kind.VARIATIONAL, architecture), null);
    }

    @Test
    void aMatrixOfSeveralPiecesComesBackBitForBit() throws IOException {
        VariationalAutoencoderModel model = wide();
        String path = save(model);
        Dataset<Row> data = LocalSpark.session().read().parquet(path + "/data");
        String weights = model.network().architecture().parameters(Kind.VARIATIONAL).get(0).name();
        assertThat(
                        data.where(functions.col("name").equalTo(weights))
                                .selectExpr("offset", "size(values)")
                                .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[0,65536]", "[65536,24464]");
        assertThat(VariationalAutoencoderModel.load(path).network().parameters())
                .isEqualTo(model.network().parameters());
    }

    /** Older versions have written a matrix as one row, without the column of the offset. */
    @Test
    void aMatrixInOneRowOrInPiecesOfAnyOrderIsRead() throws IOException {
        VariationalAutoencoderModel model = wide();
        String path = save(model);
        Dataset<Row> data = LocalSpark.session().read().parquet(path + "/data");
        Dataset<Row> copy =
                LocalSpark.session().createDataFrame(data.collectAsList(), data.schema());
        Dataset<Row> whole =
                copy.groupBy("name", "rows", "columns")
                        .agg(
                                functions.expr(
                                        "flatten(transform(array_sort(collect_list(struct(offset,"
                                                + " values))), p -> p.values)) as values"));
        for (Dataset<Row> other : List.of(whole, copy.orderBy(functions.col("offset").desc()))) {
            other.coalesce(1).write().mode(SaveMode.Overwrite).parquet(path + "/data");
            assertThat(VariationalAutoencoderModel.load(path).network().parameters())
                    .isEqualTo(model.network().parameters());
        }
    }

    @Test
    void piecesThatAreMissingOrMovedAreNamed() throws IOException {
        VariationalAutoencoderModel model = wide();
        String path = save(model);
        String weights = model.network().architecture().parameters(Kind.VARIATIONAL).get(0).name();
        Dataset<Row> data = LocalSpark.session().read().parquet(path + "/data");
        Dataset<Row> copy =
                LocalSpark.session().createDataFrame(data.collectAsList(), data.schema());
        Map<Dataset<Row>, String> damaged =
                Map.of(
                        copy.where("offset = 0"), "are 65536 numbers as 300 x 300, expected",
                        copy.where("offset > 0 or name <> '" + weights + "'"),
                                "are 0 numbers as 300 x 300, expected",
                        copy.withColumn("offset", functions.expr("offset + if(offset > 0, 1, 0)")),
                                "are 24464 numbers as 300 x 300, expected",
                        copy.withColumn("offset", functions.expr("offset - if(offset > 0, 1, 0)")),
                                "are 65536 numbers as 300 x 300, expected",
                        copy.withColumn("offset", functions.expr("-1 - offset")),
                                "are 65536 numbers as 300 x 300, expected",
                        copy.withColumn(
                                        "values",
                                        functions.expr(
                                                "transform(values, (v, i) -> if(i = 9, null, v))")),
                                "a matrix of its parameters has a null");
        damaged.forEach(
                (table, sentence) -> {
                    table.coalesce(1).write().mode(SaveMode.Overwrite).parquet(path + "/data");
                    assertThatThrownBy(() -> VariationalAutoencoderModel.load(path))
                            .isInstanceOf(DataException.class)
                            .hasMessageContaining("is damaged: ")
                            .hasMessageContaining(sentence);
                });
    }

    /** Puts another text in the place of one in a saved model's metadata. */
    private static void replaceInMetadata(String path, String found, String by) throws IOException {
        Path metadata = Path.of(path, "metadata");
        Path part;
        try (Stream<Path> files = Files.list(metadata)) {
            part =
                    files.filter(f -> f.getFileName().toString().startsWith("part"))
                            .findFirst()
                            .orElseThrow();
        }
        String text = Files.readString(part);
        assertThat(text).contains(found);
        Files.deleteIfExists(metadata.resolve("." + part.getFileName() + ".crc"));
        Files.writeString(part, text.replace(found, by));
    }

    @Test
    void partsThatTheKindOfNetworkLacks() throws IOException {
        Architecture architecture =
                architecture(Gaussian.fixed(3, 1), null)
                        .withComponents(2)
                        .withAuxiliary(List.of(new LayerSpec.Width(2)));
        String path =
                save(
                        new MixtureVariationalAutoencoderModel(
                                "m", network(Kind.MIXTURE, architecture), null));
        assertThat(MixtureVariationalAutoencoderModel.load(path).getK()).isEqualTo(2);
        assertThatThrownBy(() -> VariationalDeepEmbeddingModel.load(path))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(
                        "MixtureVariationalAutoencoderModel, expected a "
                                + VariationalDeepEmbeddingModel.class.getName());
        replaceInMetadata(path, ",\\\"auxiliary\\\":[2]", "");
        assertThatThrownBy(() -> MixtureVariationalAutoencoderModel.load(path))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is damaged: it has parameters [")
                .hasMessageContaining("discriminator");
        replaceInMetadata(path, ",\\\"components\\\":2", "");
        assertThatThrownBy(() -> MixtureVariationalAutoencoderModel.load(path))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is damaged: components are 0, expected at least 1 of a ");
    }

    @Test
    void anArchitectureThatIsDamaged() {
        for (String text : List.of("{", "{\"inputs\": 3}", "{\"inputs\": \"x\", \"latent\": 1}")) {
            assertThatThrownBy(() -> ArchitectureJson.read(text))
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith("the architecture of the model is damaged: ");
        }
    }
}
