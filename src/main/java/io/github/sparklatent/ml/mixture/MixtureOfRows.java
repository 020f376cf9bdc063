package io.github.sparklatent.ml.mixture;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.xxhash64;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.reduce.Shipped;
import io.github.sparklatent.cluster.table.TableColumns;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.mixture.ColumnLevels;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.MixedSampler;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.training.MixtureEvaluation;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.core.EvaluationContext;
import io.github.sparklatent.ml.core.Fingerprint;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.ModelEvaluation;
import io.github.sparklatent.ml.core.ModelFamily;
import io.github.sparklatent.ml.core.OutputColumns;
import io.github.sparklatent.ml.core.SampleRequest;
import io.github.sparklatent.ml.core.Scoring;
import io.github.sparklatent.ml.evaluation.LabelMeasures;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.report.GroupProfile;
import io.github.sparklatent.scoring.FitRecord;
import io.github.sparklatent.scoring.SavedContent;
import io.github.sparklatent.scoring.TableMixture;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.Checksum;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A model that is one mixture. It draws rows on the workers.
 *
 * @param <M> the class that extends this class
 */
public abstract class MixtureOfRows<M extends MixtureOfRows<M>> extends LatentModel<M> {
    /** Column of the component of a drawn row. */
    public static final String COMPONENT = "component";

    /** Weights that {@code inspect} shows. */
    private static final int SHOWN = 20;

    private final transient SavedContent.Mixture content;

    /** Creates a model; one that has only Params has no content, null. */
    protected MixtureOfRows(String uid, SavedContent.Mixture content) {
        super(uid);
        this.content = content;
        if (content != null) {
            describeItself();
        }
    }

    @Override
    public abstract ModelFamily<M, SavedContent.Mixture> family();

    @Override
    protected SavedContent.Mixture content() {
        return content;
    }

    @Override
    protected M bare() {
        return family().model(uid(), content());
    }

    @Override
    protected final void requireUsable() {
        new MixedDensity(asMixed()); // its factors can be computed
    }

    @Override
    protected final long parameterBytes() {
        return content() == null ? 0 : asMixed().bytes();
    }

    /** Returns the mixture with the names of its columns. */
    final TableMixture table() {
        return content.table();
    }

    /** Returns the parameters; a Gaussian mixture has columns of numbers only. */
    public MixedMixture asMixed() {
        return table().mixture();
    }

    /** Returns the weights π, k numbers. */
    public final double[] weights() {
        return asMixed().weights();
    }

    @Override
    public final int componentCount() {
        return asMixed().components();
    }

    @Override
    public final int numFeatures() {
        return asMixed().columns().size();
    }

    /** Sets the Params that describe the mixture, which may differ from the Params of the Estimator. */
    public final void describeItself() {
        putValue("k", List.of(componentCount()));
        if (asMixed().gaussian() != null) {
            put("covariance", asMixed().gaussian().type().toString());
        }
    }

    @Override
    public final String describe() {
        MixedMixture mixture = asMixed();
        MixtureParameters numbers = mixture.gaussian();
        String families = families().entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        boolean isGaussian = mixture.columns().gaussian().length == numFeatures();
        return "%s, %s%s%s%s, %s%s, %s"
                .formatted(
                        modelType().words(),
                        Lines.count(componentCount(), "component"),
                        numbers == null ? "" : ", %s covariance".formatted(numbers.type()),
                        numbers == null || numbers.factors() == 0
                                ? ""
                                : " of " + Lines.count(numbers.factors(), "factor"),
                        mixture.chains() == null
                                ? ""
                                : ", trees of %d leaves"
                                        .formatted(mixture.chains().leaves()),
                        Lines.count(numFeatures(), "feature"),
                        isGaussian ? "" : " (%s)".formatted(families),
                        Lines.count(mixture.freeParameters(), "parameter"));
    }

    /** Returns the record of the fit; empty if it is not known. */
    public final Optional<FitRecord> fitRecord() {
        return Optional.ofNullable(content).map(SavedContent.Mixture::fit);
    }

    /** Returns the names of the numbers of a row. */
    public final List<String> rowNames() {
        return table().names();
    }

    /** Missing cells of trees are values; only cells before one in a chain could complete it. */
    @Override
    public final boolean offers(ScoreColumn column) {
        return super.offers(column)
                && (column != ScoreColumn.IMPUTED
                        || content == null
                        || asMixed().chains() == null)
                && form().scaling().kind().offers(column);
    }

    @Override
    public final List<Integer> densities() {
        return IntStream.range(0, numFeatures())
                .filter(j -> asMixed().columns().get(j).family().isDensity())
                .boxed()
                .toList();
    }

    @Override
    public final int[] unusualComponents() {
        double[] weights = weights();
        return IntStream.range(0, componentCount())
                .filter(k -> table().usualWeights()[k] == 0 && weights[k] > 0)
                .toArray();
    }

    @Override
    public final boolean comparesHeldOutOnly() {
        return asMixed().chains() != null;
    }

    @Override
    public final boolean isMissingEvidence(int feature) {
        return asMixed().isMissingEvidence(feature);
    }

    @Override
    public final Map<String, Object> metrics() {
        MixtureParameters gaussian = asMixed().gaussian();
        return Json.object(
                "type", modelType().type(),
                "components", componentCount(),
                "covariance", gaussian == null ? null : gaussian.type().toString(),
                "features", numFeatures(),
                "families", families(),
                "parameters", asMixed().freeParameters());
    }

    /** Returns the number of columns of each family. */
    private Map<String, Integer> families() {
        Map<String, Integer> families = new LinkedHashMap<>();
        asMixed()
                .columns()
                .columns()
                .forEach(column -> families.merge(column.family().toString(), 1, Integer::sum));
        return families;
    }

    @Override
    public final void fingerprint(Checksum checksum) {
        asMixed().parameters().forEach(numbers -> Fingerprint.add(checksum, numbers));
        for (int j = 0; j < numFeatures(); j++) {
            MixedColumns.Column column = asMixed().columns().get(j);
            String words = column.family() + " " + table().features().get(j).categories();
            checksum.update(words.getBytes(StandardCharsets.UTF_8));
            if (column.bins() != null) {
                Fingerprint.add(checksum, column.bins().knots().knots());
                Fingerprint.add(checksum, column.bins().knots().masses());
            }
        }
    }

    @Override
    protected final Optional<GroupProfile> groupProfile() {
        return Optional.of(ComponentProfile.of(table(), form().scaling()));
    }

    @Override
    public final List<String> drawnColumns() {
        return List.of(COMPONENT);
    }

    @Override
    public final boolean drawsGiven() {
        return true;
    }

    @Override
    public final Dataset<Row> draw(SampleRequest request) {
        requireGenerative();
        MixedMixture mixture = asMixed();
        StructType schema = new StructType()
                .add(new AttributeGroup(getFeaturesCol(), numFeatures()).toStructField())
                .add(COMPONENT, DataTypes.IntegerType, false);
        MixedSampler sampler = sampler(request);
        Broadcast<Shipped<MixedSampler>> shipped =
                shipped(SparkSession.active(), request.isComplete() ? sampler.complete() : sampler);
        return request.draw(mixture.components(), schema, () -> {
            MixedSampler drawn = shipped.value().value();
            return index -> {
                int k = request.component().orElseGet(() -> drawn.component(index));
                return RowFactory.create(Vectors.dense(drawn.row(index, k)), k);
            };
        });
    }

    private MixedSampler sampler(SampleRequest request) {
        return request.given()
                .map(given -> MixedSampler.given(asMixed(), given, request.seed()))
                .orElseGet(() -> new MixedSampler(asMixed(), request.seed()));
    }

    /** Says of which components rows are drawn, how many features are given, and how many of the draws fit them. */
    @Override
    public final String describe(SampleRequest request) {
        return request.component().map(k -> COMPONENT + " " + k).orElse("all components")
                + request.given()
                        .map(Arrays::stream)
                        .map(given ->
                                given.filter(value -> !Double.isNaN(value)).count())
                        .map(count -> ", " + Lines.count(count, "feature") + " given" + effective(sampler(request)))
                        .orElse("");
    }

    private static String effective(MixedSampler sampler) {
        String text = ", %.0f of " + MixedSampler.DRAWS + " draws of each row fit them";
        return sampler.effectiveDraws().stream()
                .mapToObj(text::formatted)
                .findFirst()
                .orElse("");
    }

    @Override
    protected final int copies() {
        boolean isImputed = !((String) getOrDefault(declared(ScoreColumn.IMPUTED.param()))).isEmpty();
        return isImputed && !isSet(view()) ? (int) getOrDefault(declared("imputations")) : 1;
    }

    @Override
    public StructType transformSchema(StructType schema) {
        StructType out = super.transformSchema(schema);
        if (copies() == 1) {
            return out;
        }
        if (!new TableColumns(schema).named(IMPUTATION).isEmpty()) {
            throw new DataException(
                    "the table has a column \"" + IMPUTATION + "\", which several imputations add: rename it");
        }
        return out.add(IMPUTATION, DataTypes.IntegerType, false);
    }

    /**
     * Returns scored rows. With several {@code imputations}, each row is returned that often, with its number in the
     * column {@value IMPUTATION}, and its missing cells are drawn from their distribution given the others. The draws
     * are a function of the seed, of the cells of the row and of its number among rows that are alike; those of a
     * stream have no number, so they have the same draws.
     */
    @Override
    public final Dataset<Row> scored(Scoring scoring, Dataset<?> table, OutputColumns output, int imputations) {
        if (imputations == 1) {
            return super.scored(scoring, table, output, 1);
        }
        Dataset<Row> rows = super.scored(scoring, SchemaColumns.keyed(table.toDF()), output, 1);
        Column features = SchemaColumns.column(output.features());
        Column key = xxhash64(lit((long) getOrDefault(declared("seed"))), col(SchemaColumns.KEY));
        Broadcast<Shipped<MixedDensity>> density = shipped(rows.sparkSession(), new MixedDensity(asMixed()));
        UDF2<Vector, Long, Vector[]> draw = (row, seed) -> Arrays.stream(
                        MixedSampler.complete(density.value().value(), row.toArray(), imputations, seed))
                .map(Vectors::dense)
                .toArray(Vector[]::new);
        Column drawn = udf(draw, DataTypes.createArrayType(SQLDataTypes.VectorType(), false))
                .apply(features, key);
        String[] names = {IMPUTATION, SchemaColumns.unused(rows.schema(), "latent_drawn")};
        String imputed = output.names().get(ScoreColumn.IMPUTED);
        Scaling scaling = scoring.form().scaling();
        UDF3<Vector, Vector, Vector, Vector> complete = (row, expected, copy) -> {
            double[] cells = copy.toArray().clone();
            scaling.invert(cells, 0, cells.length);
            Arrays.setAll(cells, j -> Double.isNaN(row.apply(j)) ? cells[j] : expected.apply(j));
            return Vectors.dense(cells);
        };
        return rows.select(col("*"), posexplode(drawn).as(names))
                .withColumn(IMPUTATION, col(IMPUTATION).plus(1))
                .withColumn(
                        imputed,
                        udf(complete, SQLDataTypes.VectorType())
                                .asNonNullable()
                                .apply(features, SchemaColumns.column(imputed), col(names[1])));
    }

    /** Evaluates the mixture on rows of a table; throws a DataException if it cannot have them. */
    protected final MixtureEvaluation evaluation(RowBlocks rows) {
        if (MixtureModelType.isTyped(modelType())) {
            ColumnLevels.of(table().declared(), rows, 0); // throws if a cell has a value that its column cannot have
        }
        return MixtureEvaluation.of(asMixed(), rows);
    }

    @Override
    public final ModelEvaluation evaluation(EvaluationContext context) {
        return ModelEvaluation.of(context, this, (rows, warnings) -> measures(context, rows, warnings));
    }

    private Map<String, Object> measures(EvaluationContext context, BlockTable rows, List<String> warnings) {
        MixtureEvaluation found = evaluation(rows.train());
        Map<String, Object> measures = new LinkedHashMap<>();
        measures.put("meanLogLikelihood", found.meanLogLikelihood());
        measures.putAll(LabelMeasures.of(context, this, warnings::add));
        found.size().warnings("BIC").forEach(warnings::add);
        measures.put("bic", found.bic());
        return measures;
    }

    @Override
    public final Inspection inspect() {
        List<Map<String, Object>> posterior = trainedMetrics(ParameterMetrics.NAME);
        Optional<FitRecord> known = fitRecord();
        Map<String, Object> metrics =
                Json.object("weights", Arrays.stream(weights()).boxed().toList());
        metrics.put("train", known.map(MixtureOfRows::train).orElse(null));
        metrics.put("warnings", known.map(FitRecord::warnings).orElse(null));
        metrics.put("origin", known.map(record -> Json.parse(record.origin())).orElse(null));
        if (!posterior.isEmpty()) {
            metrics.put(ParameterMetrics.NAME, posterior);
        }
        Lines lines = new Lines();
        lines.add("weights", "%s", words(weights()));
        profile().map(ComponentProfile::lines).ifPresent(lines::addAll);
        ParameterMetrics.addTo(lines, posterior);
        known.ifPresent(record -> describe(record, lines));
        return new Inspection(metrics, lines);
    }

    private static Map<String, Object> train(FitRecord fit) {
        return Json.object(
                "rows", fit.rows(),
                "weight", fit.weight(),
                "meanLogLikelihood", fit.meanLogLikelihood(),
                "holdoutMeanLogLikelihood", fit.holdoutMeanLogLikelihood(),
                "rounds", fit.rounds(),
                "converged", fit.converged());
    }

    private static String words(double[] weights) {
        return IntStream.range(0, weights.length)
                .boxed()
                .sorted((a, b) -> Double.compare(weights[b], weights[a]))
                .limit(SHOWN)
                .map(k -> String.format(Locale.ROOT, "%d: %.4f", k, weights[k]))
                .collect(Collectors.joining(", ", "", weights.length > SHOWN ? ", ..." : ""));
    }

    private static void describe(FitRecord fit, Lines lines) {
        lines.add(
                "train",
                "%s, mean log-likelihood %.4f, %s, %s",
                Lines.count(fit.rows(), "row"),
                fit.meanLogLikelihood(),
                Lines.count(fit.rounds(), "round"),
                fit.converged() ? "converged" : "not converged");
        fit.warnings().forEach(warning -> lines.add("warning", "%s", warning));
        lines.addOrigin(fit.origin());
    }

    /** Draws rows with a {@code component} and the features. A row is a function of the seed and of its index. */
    public Dataset<Row> sample(long rows, long seed) {
        return sample(new SampleRequest(rows, seed, null, true));
    }

    /**
     * Draws rows in which some features have given values: the component from its responsibilities for these values,
     * and the other features from their conditional distribution.
     *
     * @param given one number for each feature, in the units of the model; NaN where none is given
     */
    public Dataset<Row> sample(long rows, long seed, Vector given) {
        requireWidth(given.size(), "given");
        return sample(new SampleRequest(rows, seed, null, true).given(given.toArray()));
    }

    /** Requires that rows have the width of the model. */
    final void requireWidth(int found, String column) {
        if (found != numFeatures()) {
            throw new DataException(
                    "features column \"%s\" has vectors of %d numbers, expected %d (the width the model was fitted on)"
                            .formatted(column, found, numFeatures()));
        }
    }

    /** Returns drawn rows without further columns. */
    final Dataset<Row> sample(SampleRequest request) {
        return draw(request).select(COMPONENT, getFeaturesCol());
    }

    @Override
    public final String toString() {
        String name = getClass().getSimpleName();
        if (content() == null) {
            return name + ": empty";
        }
        MixtureParameters gaussian = asMixed().gaussian();
        return "%s: uid=%s, k=%d, numFeatures=%d%s"
                .formatted(
                        name,
                        uid(),
                        componentCount(),
                        numFeatures(),
                        gaussian == null ? "" : ", covariance=" + gaussian.type());
    }
}
