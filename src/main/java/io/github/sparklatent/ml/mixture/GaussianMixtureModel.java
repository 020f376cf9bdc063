package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.UsableNumbers;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.training.MixtureEvaluation;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.core.Roles;
import io.github.sparklatent.ml.core.SampleRequest;
import io.github.sparklatent.ml.mixture.GaussianMixture.GaussianFamily;
import io.github.sparklatent.scoring.FitRecord;
import io.github.sparklatent.scoring.SavedContent;
import io.github.sparklatent.scoring.TableMixture;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.stat.distribution.MultivariateGaussian;
import org.apache.spark.ml.util.HasTrainingSummary;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * A fitted Gaussian mixture. Replaces {@link org.apache.spark.ml.clustering.GaussianMixtureModel} after a change of
 * import.
 *
 * <p>A user's function may capture it to call {@link #predict}. The record of the fit and the summary then stay on the
 * driver.
 */
public final class GaussianMixtureModel extends MixtureOfRows<GaussianMixtureModel>
        implements MllibMixtureParams<GaussianMixtureModel>, HasTrainingSummary<GaussianMixtureSummary> {
    private final SerializableMixture parameters;
    private transient Option<GaussianMixtureSummary> summary = Option.empty();

    /** Creates a model without a mixture. Spark Connect does so to get the name of the class. */
    public GaussianMixtureModel() {
        this("", (SavedContent.Mixture) null);
    }

    /** Creates the model of a mixture that was not fitted. */
    public GaussianMixtureModel(String uid, MixtureParameters mixture) {
        this(uid, new SavedContent.Mixture(TableMixture.of(mixture), null));
    }

    GaussianMixtureModel(String uid, SavedContent.Mixture content) {
        super(uid, content);
        this.parameters = content == null
                ? null
                : new SerializableMixture(content.table().mixture().gaussian());
        setDefault(aggregationDepth(), DEFAULT_AGGREGATION_DEPTH);
    }

    /** Creates the summary over the rows that the model was fitted to. */
    GaussianMixtureModel summarize(Dataset<?> dataset) {
        GaussianMixtureModel scorer = copy(ParamMap.empty());
        if (isSet(alerts())) { // whose rows are flagged in a table only
            scorer.setIsAnomalyCol("");
        }
        Dataset<Row> predictions = scorer.transform(SchemaColumns.selectCarried(dataset));
        return setSummary(Option.apply(
                new GaussianMixtureSummary(predictions, this, fitRecord().orElse(null))));
    }

    @Override
    public GaussianFamily family() {
        return GaussianMixture.FAMILY;
    }

    /** Names of columns and the record of the fit stay on the driver. */
    @Override
    protected SavedContent.Mixture content() {
        SavedContent.Mixture content = super.content();
        return content == null && parameters != null
                ? new SavedContent.Mixture(TableMixture.of(mixture()), null)
                : content;
    }

    @Override
    public MixedMixture asMixed() {
        return super.content() == null ? MixedMixture.of(mixture()) : super.asMixed();
    }

    /** Returns the parameters. */
    public MixtureParameters mixture() {
        return parameters.mixture();
    }

    /** Returns the components. The covariances of a diagonal or spherical mixture are sparse matrices. */
    public MultivariateGaussian[] gaussians() {
        return Gaussians.of(mixture());
    }

    /**
     * Returns one row per component with the columns {@code mean} and {@code cov}, of the types of
     * {@code org.apache.spark.mllib.linalg} as in MLlib.
     */
    public Dataset<Row> gaussiansDF() {
        return Gaussians.table(SparkSession.builder().getOrCreate(), mixture());
    }

    /** Returns the most probable component of a row, counted from 0. */
    public int predict(Vector features) {
        return Rows.argMax(responsibilities(features));
    }

    /** Returns the probability of each component given a row. */
    public Vector predictProbability(Vector features) {
        return Vectors.dense(responsibilities(features));
    }

    private double[] responsibilities(Vector features) {
        double[] row = features == null ? new double[numFeatures()] : features.toArray();
        requireWidth(row.length, getFeaturesCol());
        if (features == null || !UsableNumbers.areUsable(row, invalidRows() == Invalid.KEEP)) {
            throw new DataException("%s is %s, expected at least one number, and no infinite one%s"
                    .formatted(
                            getFeaturesCol(),
                            features,
                            invalidRows() == Invalid.KEEP ? "" : "; none may be missing unless handleInvalid is keep"));
        }
        return parameters.responsibilities(row);
    }

    /**
     * Evaluates the mixture on rows, weighted if {@code weightCol} is set.
     *
     * @throws DataException if a column is missing or has the wrong type or width, or a row has an invalid value
     */
    public MixtureEvaluation evaluate(Dataset<?> rows) {
        SchemaColumns.requireFeatures(rows.schema(), getFeaturesCol());
        List<Column> columns = new ArrayList<>();
        columns.add(SchemaColumns.named(rows.schema(), "features", getFeaturesCol()));
        if (isSet(weightCol()) && !getWeightCol().isEmpty()) {
            SchemaColumns.requireNumber(rows.schema(), "weight", getWeightCol());
            columns.add(SchemaColumns.named(rows.schema(), "weight", getWeightCol()));
        }
        try (BlockTable table = BlockTable.of(rows.select(columns.toArray(Column[]::new)), Roles.ofFeatures(this))) {
            requireWidth(table.facts().width(), getFeaturesCol());
            return MixtureEvaluation.of(asMixed(), table.train());
        }
    }

    /** Draws rows of one component, counted from 0. */
    public Dataset<Row> sample(long rows, long seed, int component) {
        return sample(new SampleRequest(rows, seed, component, true));
    }

    /** Returns the Bayesian information criterion over the training rows; the least is best. */
    public double bic() {
        return known().chosen(mixture().components()).bic();
    }

    /**
     * Returns the objective at the start and after each round of the fit, nats per row: the mean log-likelihood, and
     * the log prior if there is one.
     */
    public double[] objectiveHistory() {
        return known().objectiveHistory().stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    /** Returns the repairs made during the fit, as sentences; empty if there were none. */
    public List<String> warnings() {
        return known().warnings();
    }

    private FitRecord known() {
        return fitRecord()
                .orElseThrow(() -> new IllegalStateException(
                        "this model has no record of its fit, because it was created from given parameters"));
    }

    @Override
    public GaussianMixtureSummary summary() {
        return HasTrainingSummary.super.summary();
    }

    @Override
    public boolean hasSummary() {
        return trainingSummary().isDefined();
    }

    @Override
    public GaussianMixtureModel setSummary(Option<GaussianMixtureSummary> value) {
        trainingSummary_$eq(value);
        return this;
    }

    @Override
    public Option<GaussianMixtureSummary> trainingSummary() {
        return summary == null ? Option.empty() : summary;
    }

    @Override
    public void trainingSummary_$eq(Option<GaussianMixtureSummary> value) {
        summary = value;
    }

    /** Writes nothing: the metrics of the summary are saved with the model. */
    @Override
    public void saveSummary(String path) {
        known();
    }

    /** Creates the summary again over the rows that the model was fitted to. */
    @Override
    public void loadSummary(String path, Dataset<Row> dataset) {
        known();
        summarize(dataset);
    }

    @Override
    protected GaussianMixtureModel bare() {
        return super.bare().setSummary(trainingSummary());
    }

    /** Returns a reader of saved models. */
    public static MLReader<GaussianMixtureModel> read() {
        return GaussianMixture.FAMILY.reader();
    }

    /**
     * Loads a saved model of this library or of MLlib, or a pipeline that holds one.
     *
     * @throws DataException if there is no such model, or if it is damaged; the message says how
     */
    public static GaussianMixtureModel load(String path) {
        return read().load(path);
    }
}
