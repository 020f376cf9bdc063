package io.github.sparklatent.ml;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.gmm.CovarianceSupport;
import io.github.sparklatent.gmm.CovarianceType;
import io.github.sparklatent.gmm.Criterion;
import io.github.sparklatent.gmm.Initialization;
import io.github.sparklatent.gmm.Mixture;
import io.github.sparklatent.gmm.MixtureOptions;
import io.github.sparklatent.gmm.MixtureTrainer;
import io.github.sparklatent.gmm.TrainerState;
import io.github.sparklatent.gmm.TrainingResult;
import io.github.sparklatent.learn.Round;
import io.github.sparklatent.learn.StoppingRule;
import java.util.List;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fits a Gaussian mixture by expectation-maximisation. Takes the place of {@link
 * org.apache.spark.ml.clustering.GaussianMixture} by a change of import; what differs:
 *
 * <ul>
 *   <li>{@code tol} is compared with the growth of the <em>mean</em> log-likelihood of a row
 *       (MLlib: of the sum over all rows), so it means the same for tables of every size.
 *   <li>The start is k-means|| (MLlib: a few random rows), all arithmetic is in the log domain and
 *       the statistics are centred, so results differ from MLlib's, and hold where d is large.
 *   <li>{@code aggregationDepth} is accepted and has no effect.
 *   <li>{@code k} may be 1; {@code maxIter} is at least 1.
 *   <li>Equal seeds give equal bits, whatever the cluster.
 * </ul>
 */
public final class GaussianMixture extends Estimator<GaussianMixtureModel>
        implements MixtureParams<GaussianMixture>, DefaultParamsWritable {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(GaussianMixture.class);

    private final String uid;

    public GaussianMixture() {
        this(Identifiable$.MODULE$.randomUID("GaussianMixture"));
    }

    public GaussianMixture(String uid) {
        this.uid = uid;
        defaults();
    }

    @Override
    public String uid() {
        return uid;
    }

    public GaussianMixture setK(int value) {
        return (GaussianMixture) set(k(), value);
    }

    public GaussianMixture setMaxIter(int value) {
        return (GaussianMixture) set(maxIter(), value);
    }

    public GaussianMixture setTol(double value) {
        return (GaussianMixture) set(tol(), value);
    }

    public GaussianMixture setSeed(long value) {
        return (GaussianMixture) set(seed(), value);
    }

    public GaussianMixture setAggregationDepth(int value) {
        return (GaussianMixture) set(aggregationDepth(), value);
    }

    public GaussianMixture setCovarianceType(String value) {
        return (GaussianMixture) set(covarianceType(), value);
    }

    public GaussianMixture setInitMode(String value) {
        return (GaussianMixture) set(initMode(), value);
    }

    public GaussianMixture setRestarts(int value) {
        return (GaussianMixture) set(restarts(), value);
    }

    /** Which of the restarts is kept: {@code likelihood} or {@code mutual-information}. */
    public GaussianMixture setCriterion(String value) {
        return (GaussianMixture) set(criterion(), value);
    }

    public GaussianMixture setRegularization(double value) {
        return (GaussianMixture) set(regularization(), value);
    }

    /**
     * Starts from a saved mixture, ours or MLlib's. Unless they are set, {@code k} and {@code
     * covarianceType} are that mixture's.
     */
    public GaussianMixture setInitialModel(String path) {
        return (GaussianMixture) set(initialModel(), path);
    }

    /**
     * Fits the table.
     *
     * @throws io.github.sparklatent.learn.DataException where the rows cannot be used; the message
     *     says which and why
     */
    @Override
    public GaussianMixtureModel fit(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        if (getAggregationDepth() != DEFAULT_AGGREGATION_DEPTH) {
            LOG.info("aggregationDepth has no effect: partial results are added in order");
        }
        Mixture initial =
                getInitialModel().isEmpty()
                        ? null
                        : SavedMixture.read(dataset.sparkSession(), getInitialModel());
        TrainingResult result;
        try (BlockTable table =
                BlockTable.of(
                        InputColumns.select(this, dataset), InputColumns.tableOptions(this))) {
            result =
                    new MixtureTrainer(
                                    table.train(),
                                    null,
                                    options(initial),
                                    initial,
                                    GaussianMixture::logRound)
                            .fit();
        }
        CovarianceSupport.warnings(result.best()).forEach(LOG::warn);
        GaussianMixtureModel model = new GaussianMixtureModel(uid, result, "{}");
        return copyValues(model, ParamMap.empty())
                .describeItself()
                .setParent(this)
                .summarize(dataset);
    }

    private static void logRound(
            String description, Round round, int maxRounds, TrainerState state) {
        LOG.info(
                "{}: round {} of {}, mean log-likelihood {}{}",
                description,
                round.number(),
                maxRounds,
                round.objective(),
                Double.isNaN(round.change()) ? "" : ", change " + round.change());
    }

    private MixtureOptions options(Mixture initial) {
        boolean ownK = initial == null || isSet(k());
        boolean ownType = initial == null || isSet(covarianceType());
        return MixtureOptions.DEFAULT
                .withComponents(List.of(ownK ? getK() : initial.components()))
                .withCovariance(ownType ? CovarianceType.of(getCovarianceType()) : initial.type())
                .withRegularization(getRegularization())
                .withInitialization(Initialization.of(getInitMode()))
                .withRestarts(getRestarts())
                .withCriterion(
                        getCriterion().equals(Criterion.MUTUAL_INFORMATION.toString())
                                ? Criterion.MUTUAL_INFORMATION
                                : MixtureOptions.DEFAULT.criterion())
                .withStopping(new StoppingRule(getMaxIter(), getTol()))
                .withSeed(getSeed());
    }

    @Override
    public StructType transformSchema(StructType schema) {
        InputColumns.check(this, schema);
        return OutputColumns.append(this, schema, getK());
    }

    @Override
    public GaussianMixture copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    public static MLReader<GaussianMixture> read() {
        return new DefaultParamsReader<>();
    }

    public static GaussianMixture load(String path) {
        return read().load(path);
    }
}
