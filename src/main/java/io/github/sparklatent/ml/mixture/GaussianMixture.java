package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.config.Settings;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.gaussian.MixtureRepair;
import io.github.sparklatent.ml.core.ModelFamily;
import io.github.sparklatent.ml.core.Training;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.params.GaussianMixtureSetters;
import io.github.sparklatent.scoring.SavedContent;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.util.DefaultParamsReader.Metadata;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fits a Gaussian mixture by expectation-maximisation. Replaces {@link org.apache.spark.ml.clustering.GaussianMixture}
 * after a change of import. The differences are:
 *
 * <ul>
 *   <li>{@code tol} is compared with the change of the <em>mean</em> log-likelihood per row (MLlib: of the sum over all
 *       rows), so it has the same meaning for tables of every size.
 *   <li>EM is initialised by k-means|| (MLlib: by a few random rows), and restarts vary the method. All arithmetic is
 *       in the log domain, and the statistics are centred. So results differ from MLlib's, and they are accurate for
 *       many columns.
 *   <li>A prior of the covariances keeps components from collapsing onto a few equal rows. A program that moves from
 *       MLlib gets this protection too: its results depend on the initialisation already, and a collapsed component is
 *       of no use to it. {@code priorRows} 0 is maximum likelihood as in MLlib.
 *   <li>{@code aggregationDepth} is accepted and has no effect.
 *   <li>{@code k} may be 1; {@code maxIter} is at least 1. {@code k} may also be several numbers, of which
 *       {@code criterion} chooses one.
 *   <li>Equal seeds give the same bits on every cluster.
 * </ul>
 */
public final class GaussianMixture extends MixtureEstimator<GaussianMixture, GaussianMixtureModel>
        implements MllibMixtureParams<GaussianMixture>, GaussianMixtureSetters<GaussianMixture> {
    private static final Logger LOG = LoggerFactory.getLogger(GaussianMixture.class);

    /** The family of the models. */
    static final GaussianFamily FAMILY = new GaussianFamily();

    /** Creates an Estimator with a random uid. */
    public GaussianMixture() {
        this(Identifiable$.MODULE$.randomUID("GaussianMixture"));
    }

    /** Creates an Estimator with a uid. */
    public GaussianMixture(String uid) {
        super(uid);
        setDefault(aggregationDepth(), DEFAULT_AGGREGATION_DEPTH);
    }

    /** Sets {@link #k()} to one number, like MLlib. */
    public GaussianMixture setK(int value) {
        return setK(new int[] {value});
    }

    /** Sets {@link #aggregationDepth()}. */
    public GaussianMixture setAggregationDepth(int value) {
        return (GaussianMixture) set(aggregationDepth(), value);
    }

    @Override
    public GaussianFamily family() {
        return GaussianMixture.FAMILY;
    }

    @Override
    protected int componentCount() {
        return getK();
    }

    @Override
    protected Training<GaussianMixtureModel> training(TrainingContext context, Settings settings) {
        if (getAggregationDepth() != DEFAULT_AGGREGATION_DEPTH) {
            LOG.info("aggregationDepth has no effect: partial results are added in order");
        }
        return super.training(context, settings);
    }

    @Override
    protected void fitted(GaussianMixtureModel model, Dataset<?> dataset) {
        model.summarize(dataset);
    }

    /** Returns a reader of saved Estimators. */
    public static MLReader<GaussianMixture> read() {
        return ModelDirectory.reader(GaussianMixture.class, (directory, uid) -> new GaussianMixture(uid));
    }

    /** Loads a saved Estimator. */
    public static GaussianMixture load(String path) {
        return read().load(path);
    }

    /** The family of Gaussian mixtures, which also reads models of MLlib. */
    static final class GaussianFamily extends ModelFamily<GaussianMixtureModel, SavedContent.Mixture> {
        private static final String THEIRS = org.apache.spark.ml.clustering.GaussianMixtureModel.class.getName();

        GaussianFamily() {
            super(
                    MixtureModelType.GMM,
                    GaussianMixtureModel.class,
                    SavedContent.Mixture.class,
                    GaussianMixtureModel::new,
                    GaussianMixture::new);
        }

        @Override
        public GaussianMixtureModel read(ModelDirectory directory) {
            Metadata metadata = directory.metadata();
            if (metadata.className().equals(THEIRS)) {
                return theirs(directory, metadata);
            }
            if (metadata.className().equals(PipelineModel.class.getName())) {
                return read(directory.onlyStage(metadata, List.of(model().getName(), THEIRS), "Gaussian mixture"));
            }
            if (!metadata.className().equals(model().getName())) {
                throw new DataException("the model at %s is a %s, expected a Gaussian mixture"
                        .formatted(directory.path(), metadata.className()));
            }
            return super.read(directory);
        }

        /**
         * Returns a model of MLlib with repaired covariances. MLlib uses a pseudo-inverse, so it saves singular
         * covariances of constant columns.
         */
        private static GaussianMixtureModel theirs(ModelDirectory directory, Metadata metadata) {
            var loaded = ModelDirectory.orSentence(
                    "read",
                    directory.path(),
                    () -> org.apache.spark.ml.clustering.GaussianMixtureModel.load(directory.path()));
            List<String> warnings = new ArrayList<>();
            try {
                MixtureParameters mixture = MixtureRepair.of(Gaussians.mixture(loaded), warnings);
                warnings.forEach(warning -> LOG.warn("MLlib's model at {}: {}", directory.path(), warning));
                GaussianMixtureModel model = new GaussianMixtureModel(metadata.uid(), mixture);
                model.requireUsable();
                return directory.withParams(metadata, model);
            } catch (IllegalArgumentException | DivergedException e) {
                throw directory.damaged(e);
            }
        }
    }
}
