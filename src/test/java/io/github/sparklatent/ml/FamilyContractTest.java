package io.github.sparklatent.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.ml.core.LatentEstimator;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.OnnxPart;
import io.github.sparklatent.ml.core.SampleRequest;
import io.github.sparklatent.ml.mixture.grouped.GroupedMixture;
import io.github.sparklatent.ml.network.NetworkModel;
import io.github.sparklatent.onnx.OnnxFile;
import io.github.sparklatent.report.Pages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamPair;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import scala.jdk.javaapi.CollectionConverters;

/** What the Estimators and models of all families do in the same way. */
@Tag("slow")
@ParameterizedClass(name = "{0}")
@MethodSource("families")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FamilyContractTest {
    /** Families that add rows up, so that a row with weight 2 counts as the same row twice. */
    private static final Set<String> SUMMED = Set.of("gmm", "mixture", "ppca", "factor-analysis", "grouped");

    /** Relative error of other sums over 100 rows, after the rounds that follow from them. */
    private static final double OTHER_SUMS = 1e-8;

    @Parameter
    private String name;

    private SparkSession spark;
    private Path folder;
    private FamilyRun run;
    private FamilyRun.States states;
    private FamilyRun.Fit command;
    private Dataset<Row> table;
    private PipelineModel pipeline;

    /** The first configuration of each type, and a network of rows with missing cells. */
    static Stream<String> families() {
        return Stream.concat(Families.types().all().stream().map(ModelType::type), Stream.of("grouped", "vae-iwae"));
    }

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void train(@TempDir Path directory) {
        spark = LocalSpark.session();
        folder = directory;
        FamilyTables.write(folder);
        run = new FamilyRun(spark, folder, name);
        states = new FamilyRun.States(null);
        command = run.train(states, true);
        table = run.assembled(command).cache();
        pipeline = new Pipeline().setStages(new PipelineStage[] {estimator()}).fit(table.repartition(3));
    }

    private LatentEstimator<?, ?> ofFamily() {
        var settings = run.configuration().settings();
        LatentEstimator<?, ?> estimator = Families.estimator(settings.schema().type(), name);
        estimator.configure(settings);
        estimator.setFeaturesCol(run.features());
        return estimator;
    }

    /** Returns the Estimator of the configuration, with changes of its Params. */
    private Estimator<?> estimator(Object... changes) {
        LatentEstimator<?, ?> estimator = ofFamily();
        for (int i = 0; i < changes.length; i += 2) {
            if (changes[i].equals("weightCol")) {
                estimator.setWeightCol((String) changes[i + 1]);
            } else {
                estimator.put((String) changes[i], changes[i + 1]);
            }
        }
        return name.equals("grouped")
                ? GroupedMixture.of(estimator, run.configuration().settings())
                : estimator;
    }

    private LatentModel<?> model() {
        return (LatentModel<?>) pipeline.stages()[0];
    }

    static long checksum(Object model) {
        CRC32C checksum = new CRC32C();
        ((LatentModel<?>) model).fingerprint(checksum);
        return checksum.getValue();
    }

    private List<Row> scores(LatentModel<?> model) {
        return FamilyRun.scored(model, table).collectAsList();
    }

    @Test
    void theNumbersAreThoseOfTheFile() throws IOException {
        assertThat(Fingerprints.lines(run, command, name))
                .isEqualTo(Fingerprints.expected().get(name));
    }

    @Test
    void theReportIsWellFormedAndNeedsNothingElse() throws Exception {
        String html = Pages.html(command.page());
        Pages.requireSelfContained(html);
        Pages.requireNamed(Pages.parse(html));
    }

    /** The numbers of the file are compared with those of the job by scorer_agreement.py. */
    @Test
    void isAnOnnxFileOrSaysWhyNot() throws IOException {
        for (OnnxPart part : OnnxPart.values()) {
            Optional<String> reason = model().noOnnxBecause(part);
            if (reason.isPresent()) {
                assertThatThrownBy(() -> model().onnx(part))
                        .isInstanceOf(UnsupportedOperationException.class)
                        .hasMessage("the model " + reason.get());
                continue;
            }
            OnnxFile file = new OnnxFile(model().onnx(part));
            assertThat(file.requireSound()).isGreaterThan(part == OnnxPart.WHOLE ? 10 : 2);
            assertThat(file.inputs()).contains(part == OnnxPart.DECODER ? "latent" : "features");
            assertThat(file.outputs())
                    .contains(
                            switch (part) {
                                case WHOLE -> ScoreColumn.ANOMALY.toString();
                                case ENCODER -> ScoreColumn.LATENT.toString();
                                case DECODER -> ScoreColumn.RECONSTRUCTION.toString();
                            });
            assertThat(file.metadata())
                    .containsEntry("spark_latent.uid", model().uid())
                    .containsEntry(
                            "spark_latent.model_type", model().modelType().type());
        }
        Path file = folder.resolve("model.onnx");
        if (model().noOnnxBecause(OnnxPart.WHOLE).isEmpty()) {
            model().exportOnnx(file.toString());
            assertThat(file).hasBinaryContent(model().onnx(OnnxPart.WHOLE));
            byte[] other = {1};
            Files.write(file, other);
            assertThatThrownBy(() -> model().exportOnnx(file.toString())).hasMessageContaining("model.onnx\" exists");
            assertThat(file).hasBinaryContent(other);
        }
        assertThat(model().noOnnxBecause(OnnxPart.WHOLE).isEmpty()).isEqualTo(model() instanceof NetworkModel);
    }

    /** The columns of mixed types are those of the command, so the Estimator has others. */
    @Test
    void theFitIsThatOfTheCommandForAnyPartitions() {
        long expected = checksum(name.equals("mixture") ? estimator().fit(table.coalesce(1)) : command.model());
        assertThat(checksum(model())).as("of 3 partitions").isEqualTo(expected);
        assertThat(checksum(estimator().fit(table.repartition(8)))).isEqualTo(expected);
        assertThat(model().hasParent()).isTrue();
        if (!List.of("ppca", "factor-analysis").contains(name)) { // they draw no numbers
            assertThat(checksum(estimator("seed", 6L).fit(table))).isNotEqualTo(expected);
        }
    }

    @Test
    void aStoppedTrainingContinuesWithTheSameBits() {
        assertThat(states.all.isEmpty()).as("a closed form has no rounds").isEqualTo(name.equals("ppca"));
        assumeThat(states.all).isNotEmpty();
        FamilyRun.States rest = new FamilyRun.States(states.all.get(states.all.size() / 2));
        FamilyRun.Fit resumed = run.train(rest);
        assertThat(rest.all).hasSize(states.all.size() - states.all.size() / 2 - 1);
        assertThat(checksum(resumed.model())).isEqualTo(checksum(command.model()));
        assertThat(FamilyRun.numbers(resumed.metrics())).isEqualTo(FamilyRun.numbers(command.metrics()));
        assertThat(FamilyRun.numbers(resumed.rounds())).isEqualTo(FamilyRun.numbers(command.rounds()));
    }

    @Test
    void aSavedModelIsTheSameModel() throws IOException {
        String path = folder.resolve("pipeline").toString();
        pipeline.write().overwrite().save(path);
        LatentModel<?> loaded = (LatentModel<?>) PipelineModel.load(path).stages()[0];
        assertThat(loaded.uid()).isEqualTo(model().uid());
        assertThat(checksum(loaded)).isEqualTo(checksum(model()));
        assertThat(scores(loaded)).isEqualTo(scores(model()));
        assertThat(loaded.inspect().lines())
                .hasToString(model().inspect().lines().toString());
        assertThat(loaded.metrics()).isEqualTo(model().metrics());
        assertThat(params(loaded)).isEqualTo(params(model()));
        if (model().noSamplesBecause().isEmpty()) {
            assertThat(FamilyRun.drawn(loaded)).isEqualTo(FamilyRun.drawn(model()));
        }
    }

    /** Returns all values, arrays by their elements. */
    private static List<String> params(Params of) {
        List<String> values = new ArrayList<>();
        for (ParamPair<?> pair :
                CollectionConverters.asJava(of.extractParamMap().toSeq())) {
            String text = Arrays.deepToString(new Object[] {pair.value()});
            values.add(pair.param().name() + " = " + text);
        }
        values.sort(null);
        return values;
    }

    @Test
    void aSavedEstimatorIsTheSameEstimator() throws IOException {
        String path = folder.resolve("estimator").toString();
        new Pipeline()
                .setStages(new PipelineStage[] {estimator()})
                .write()
                .overwrite()
                .save(path);
        PipelineStage loaded = Pipeline.load(path).getStages()[0];
        assertThat(loaded).hasSameClassAs(estimator());
        assertThat(params(loaded)).isEqualTo(params(estimator()));
    }

    @Test
    void copiesKeepTheirParams() {
        LatentEstimator<?, ?> estimator = ofFamily();
        ParamMap extra = new ParamMap().put(estimator.featuresCol(), "others");
        LatentEstimator<?, ?> copy = (LatentEstimator<?, ?>) estimator.copy(extra);
        assertThat(copy.getFeaturesCol()).isEqualTo("others");
        assertThat(params(copy.setFeaturesCol(estimator.getFeaturesCol()))).isEqualTo(params(ofFamily()));
        assertThat(params(estimator)).isEqualTo(params(ofFamily()));
        LatentModel<?> other = (LatentModel<?>) model().copy(extra);
        assertThat(other.parent()).isSameAs(model().parent());
        assertThat(other.getFeaturesCol()).isEqualTo("others");
        assertThat(checksum(other)).isEqualTo(checksum(model()));
        for (var key : estimator.modelType().params()) {
            assertThat(estimator.explainParams().lines()).anyMatch(line -> line.startsWith(key.param() + ": "));
        }
    }

    @Test
    void transformAddsTheColumnsOfTheSchema() {
        Dataset<Row> scored = pipeline.transform(table);
        assertThat(scored.schema()).isEqualTo(pipeline.transformSchema(table.schema()));
        assertThat(estimator().transformSchema(table.schema()).fieldNames()).isEqualTo(scored.columns());
        List<String> added = new ArrayList<>(List.of(scored.columns()));
        added.removeAll(List.of(table.columns()));
        assertThat(added)
                .containsExactlyElementsOf(model().modelType().shown().stream()
                        .filter(model()::offers) // the others need the columns of a table, or clusters of codes
                        .filter(column -> column != ScoreColumn.ANOMALY || !model().offers(ScoreColumn.COMPONENT))
                        .map(ScoreColumn::modelColumn)
                        .toList());
        assertThat(scored.count()).isEqualTo(FamilyTables.ROWS);
        for (Row row : scored.collectAsList()) {
            if (added.contains("probability")) {
                double[] shares = row.<Vector>getAs("probability").toArray();
                // Two floats' rounding.
                assertThat(Arrays.stream(shares).sum()).isCloseTo(1, within(1e-6));
                assertThat(shares[row.<Integer>getAs("prediction")])
                        .isEqualTo(Arrays.stream(shares).max().orElseThrow());
            }
        }
    }

    @Test
    void aDrawnRowFollowsFromItsIndex() {
        SampleRequest few = new SampleRequest(7, 3, null, true);
        if (model().noSamplesBecause().isPresent()) {
            assertThatThrownBy(() -> model().draw(few))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining(model().noSamplesBecause().orElseThrow());
            return;
        }
        List<Row> drawn = model().draw(few).collectAsList();
        assertThat(drawn).isEqualTo(FamilyRun.drawn(model()).subList(0, 7));
        assertThat(model().draw(new SampleRequest(7, 4, null, true)).collectAsList())
                .isNotEqualTo(drawn);
        if (model().componentCount() > 1 && !name.equals("grouped")) {
            assertThat(model().draw(new SampleRequest(7, 3, 0, true)).collectAsList())
                    .isNotEqualTo(model().draw(new SampleRequest(7, 3, 1, true)).collectAsList());
        }
        assertThatThrownBy(() -> model().draw(new SampleRequest(7, 3, 99, true)))
                .hasMessageContaining("component is 99");
    }

    @Test
    void aWeightOfTwoIsTheRowTwice() {
        assumeThat(SUMMED).contains(name);
        Dataset<Row> weighted = table.withColumn("weight", functions.expr("if(row % 3 = 0, 2, 1)"));
        Dataset<Row> twice = table.union(table.where("row % 3 = 0"));
        List<Double> expected = densities((LatentModel<?>) estimator().fit(twice));
        List<Double> found =
                densities((LatentModel<?>) estimator("weightCol", "weight").fit(weighted));
        List<Double> once = densities(model());
        assertThat(found).hasSameSizeAs(expected).isNotEqualTo(once);
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i))
                    .isCloseTo(expected.get(i), within(OTHER_SUMS * Math.max(1, Math.abs(expected.get(i)))));
        }
    }

    private List<Double> densities(LatentModel<?> model) {
        return model
                .withColumns(Map.of(ScoreColumn.LOG_DENSITY, "density"))
                .transform(table)
                .select("density")
                .collectAsList()
                .stream()
                .map(row -> row.getDouble(0))
                .toList();
    }

    /** Returns the table with another second feature in its first row. */
    private Dataset<Row> withFirst(double value) {
        int at = table.schema().fieldIndex(run.features());
        List<Row> rows = new ArrayList<>(table.collectAsList());
        Object[] values = new Object[table.columns().length];
        for (int j = 0; j < values.length; j++) {
            values[j] = rows.get(0).get(j);
        }
        double[] features = ((Vector) values[at]).toArray().clone();
        features[1] = value;
        values[at] = Vectors.dense(features);
        rows.set(0, RowFactory.create(values));
        return spark.createDataFrame(rows, table.schema());
    }

    @Test
    void badRowsAreRefusedOrLeftOut() {
        Dataset<Row> missing = withFirst(Double.NaN);
        String features = run.features();
        Dataset<Row> none = table.withColumn(features, functions.expr("if(row = 0, null, " + features + ")"));
        refused(() -> estimator("handleInvalid", "error").fit(missing), "NaN or null");
        refused(() -> estimator("handleInvalid", "error").fit(none), "null");
        refused(
                () -> estimator("handleInvalid", "error").fit(withFirst(Double.POSITIVE_INFINITY)),
                "expected finite numbers");
        LatentModel<?> strict = (LatentModel<?>) model().copy(ParamMap.empty());
        strict.put("handleInvalid", "error");
        refused(() -> strict.transform(missing).collectAsList(), "has NaN or null, expected a finite number");
        strict.put("handleInvalid", "skip");
        assertThat(strict.transform(missing).count())
                .isEqualTo(strict.transform(table).count() - 1);
        refused(
                () -> estimator("weightCol", "negative").fit(table.withColumn("negative", functions.lit(-1.0))),
                "weight");
    }

    private void refused(ThrowingCallable call, String part) {
        Throwable error = catchThrowable(call);
        assertThat(error).isNotNull();
        var failure = ExitCodes.of(error);
        assertThat(failure.sentence()).contains(part).doesNotContain("\n", "Exception", "internal error");
        assertThat(failure.code()).isEqualTo(3);
    }

    @Test
    void wrongColumnsAreRefusedInASentence() {
        String features = run.features();
        Dataset<Row> none = table.drop(features);
        refused(() -> estimator().fit(none), "features column \"" + features + "\" does not exist");
        refused(() -> model().transform(none), "features column \"" + features + "\" does not exist");
        Dataset<Row> texts = none.withColumn(features, functions.lit("x"));
        String type =
                "features column \"" + features + "\" is a string, expected a number, a vector or an array of numbers";
        refused(() -> estimator().fit(texts), type);
        refused(() -> model().transform(texts), type);
        Dataset<Row> wide = none.withColumn(features, functions.expr("array_repeat(0.5D, 40)"));
        refused(() -> model().transform(wide).collectAsList(), "expected " + model().numFeatures());
        refused(
                () -> estimator("weightCol", "kind").fit(table),
                "weight column \"kind\" is a string, expected a number");
        String first = model().modelType().shown().stream()
                .filter(model()::offers)
                .findFirst()
                .orElseThrow()
                .modelColumn();
        refused(
                () -> estimator().fit(table.withColumn(first, functions.lit(1))),
                "the table has a column \"" + first + "\" already");
    }
}
