package io.github.sparklatent.ml;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.Shipped;
import io.github.sparklatent.gmm.InformationCriteria;
import io.github.sparklatent.gmm.Mixture;
import io.github.sparklatent.gmm.MixtureEvaluation;
import io.github.sparklatent.gmm.MixtureFactors;
import io.github.sparklatent.gmm.TrainingResult;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.linalg.Rows;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.stat.distribution.MultivariateGaussian;
import org.apache.spark.ml.util.HasTrainingSummary;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;

/**
 * A fitted Gaussian mixture. Takes the place of {@link
 * org.apache.spark.ml.clustering.GaussianMixtureModel} by a change of import.
 *
 * <p>It may be captured by a user's function (for {@link #predict}); the record of the fit and the
 * summary stay on the driver then.
 */
public final class GaussianMixtureModel extends Model<GaussianMixtureModel>
        implements MixtureParams<GaussianMixtureModel>,
                MLWritable,
                HasTrainingSummary<GaussianMixtureSummary> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(GaussianMixtureModel.class);

    private final String uid;
    private final CarriedMixture carried;
    private final transient FitRecord fit;
    private transient Option<GaussianMixtureSummary> summary = Option.empty();

    /** A model without a mixture, which Spark Connect makes to learn its name. */
    public GaussianMixtureModel() {
        this("", (CarriedMixture) null, null);
    }

    /** The model of a mixture that was not fitted, or whose fit is not known. */
    public GaussianMixtureModel(String uid, Mixture mixture) {
        this(uid, mixture, null);
    }

    /**
     * The model of a training.
     *
     * @param origin where it comes from: a JSON object
     */
    public GaussianMixtureModel(String uid, TrainingResult training, String origin) {
        this(uid, training.best().mixture(), FitRecord.of(training, origin));
    }

    GaussianMixtureModel(String uid, Mixture mixture, FitRecord fit) {
        this(uid, new CarriedMixture(mixture), fit);
        describeItself();
    }

    private GaussianMixtureModel(String uid, CarriedMixture carried, FitRecord fit) {
        this.uid = uid;
        this.carried = carried;
        this.fit = fit;
        defaults();
    }

    /** Sets the params that say what the mixture is, whatever the estimator's said. */
    GaussianMixtureModel describeItself() {
        set(k(), mixture().components());
        set(covarianceType(), mixture().type().toString());
        return this;
    }

    /** Gives the model its summary over the rows it was fitted to. */
    GaussianMixtureModel summarize(Dataset<?> dataset) {
        Dataset<Row> predictions = transform(Columns.selectCarried(dataset));
        return setSummary(Option.apply(new GaussianMixtureSummary(predictions, this, fit)));
    }

    @Override
    public String uid() {
        return uid;
    }

    /** The parameters. */
    public Mixture mixture() {
        return carried.mixture();
    }

    /** The factors of the densities. */
    MixtureFactors factors() {
        return carried.factors();
    }

    /** How the mixture was fitted; empty where that is not known. */
    public Optional<FitRecord> fitRecord() {
        return Optional.ofNullable(fit);
    }

    /** π, k numbers. */
    public double[] weights() {
        return mixture().weights();
    }

    /** The components; the covariances of a diagonal or spherical mixture are sparse matrices. */
    public MultivariateGaussian[] gaussians() {
        return Gaussians.of(mixture());
    }

    /**
     * One row a component: {@code mean} and {@code cov}, of the types of {@code
     * org.apache.spark.mllib.linalg}, as MLlib's method has them.
     */
    public Dataset<Row> gaussiansDF() {
        return Gaussians.table(SparkSession.builder().getOrCreate(), mixture());
    }

    /** d. */
    public int numFeatures() {
        return mixture().dimension();
    }

    /** The most probable component of a row, from 0. */
    public int predict(Vector features) {
        return Rows.argMax(responsibilities(features));
    }

    /** The probability of each component given a row. */
    public Vector predictProbability(Vector features) {
        return Vectors.dense(responsibilities(features));
    }

    private double[] responsibilities(Vector features) {
        double[] row = new double[numFeatures()];
        FeatureValues.read(features, getFeaturesCol(), row.length, row, 0);
        return carried.responsibilities(row);
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        StructType out = transformSchema(dataset.schema());
        if (out.length() == dataset.schema().length()) {
            LOG.warn("the names of all columns to be made are empty: the table stays as it is");
            return dataset.toDF();
        }
        SparkSession spark = dataset.sparkSession();
        Columns.requireCarried(dataset.schema());
        Broadcast<Shipped<MixtureFactors>> factors =
                JavaSparkContext.fromSparkContext(spark.sparkContext())
                        .broadcast(Shipped.of(carried.factors()));
        int features = Columns.index(dataset.schema(), "features", getFeaturesCol());
        BlockScorer scorer = new BlockScorer(factors, numFeatures(), features, this);
        return dataset.toDF().mapPartitions(scorer, Encoders.row(out)).to(out);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        Columns.requireFeatures(schema, getFeaturesCol());
        return OutputColumns.append(this, schema, mixture().components());
    }

    /**
     * Measures the mixture on rows, weighted where {@code weightCol} is set.
     *
     * @throws DataException where the rows cannot be used
     */
    public MixtureEvaluation evaluate(Dataset<?> rows) {
        InputColumns.check(this, rows.schema());
        try (BlockTable table =
                BlockTable.of(
                        InputColumns.select(this, rows),
                        InputColumns.tableOptions(this).onlyMeasured())) {
            FeatureValues.requireWidth(table.facts().width(), getFeaturesCol(), numFeatures());
            return MixtureEvaluation.of(mixture(), table.train());
        }
    }

    /**
     * Draws rows: a {@code component} and the features, which are a function of the seed and of the
     * row's index alone.
     */
    public Dataset<Row> sample(long rows, long seed) {
        return MixtureSamples.table(mixture(), getFeaturesCol(), rows, seed, null);
    }

    /** Draws rows of one component, from 0. */
    public Dataset<Row> sample(long rows, long seed, int component) {
        return MixtureSamples.table(mixture(), getFeaturesCol(), rows, seed, component);
    }

    /** Bayesian information criterion over the rows of the fit; the least is best. */
    public double bic() {
        return InformationCriteria.bic(mixture(), known().meanLogLikelihood(), known().weight());
    }

    /** Akaike's information criterion over the rows of the fit; the least is best. */
    public double aic() {
        return InformationCriteria.aic(mixture(), known().meanLogLikelihood(), known().weight());
    }

    /** Mean log-likelihood at the start and after each round of the fit, nats a row. */
    public double[] objectiveHistory() {
        return known().objectiveHistory().stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** What had to be mended in the fit, as sentences; empty where nothing had to be. */
    public List<String> events() {
        return known().events();
    }

    private FitRecord known() {
        if (fit == null) {
            throw new IllegalStateException(
                    "this model has no record of its fit: it was made of given parameters");
        }
        return fit;
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

    /** Nothing: the figures of the summary are saved with the model. */
    @Override
    public void saveSummary(String path) {
        known();
    }

    /** Makes the summary anew over the rows that the model was fitted to. */
    @Override
    public void loadSummary(String path, Dataset<Row> dataset) {
        known();
        summarize(dataset);
    }

    @Override
    public long estimatedSize() {
        return estimateMatadataSize() + (carried == null ? 0 : carried.size());
    }

    @Override
    public GaussianMixtureModel copy(ParamMap extra) {
        GaussianMixtureModel copy = new GaussianMixtureModel(uid, carried, fit);
        return copyValues(copy, extra).setSummary(trainingSummary()).setParent(parent());
    }

    @Override
    public MLWriter write() {
        return new GaussianMixtureModelWriter(this);
    }

    public static MLReader<GaussianMixtureModel> read() {
        return new GaussianMixtureModelReader();
    }

    /**
     * Loads a saved model: ours, MLlib's, or a pipeline that holds one of either.
     *
     * @throws DataException where there is none, or where it is damaged; the message says how
     */
    public static GaussianMixtureModel load(String path) {
        return read().load(path);
    }

    @Override
    public String toString() {
        return carried == null
                ? "GaussianMixtureModel: empty"
                : "GaussianMixtureModel: uid=%s, k=%d, numFeatures=%d, covarianceType=%s"
                        .formatted(uid, mixture().components(), numFeatures(), mixture().type());
    }
}
