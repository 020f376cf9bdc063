package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.SelectedRow;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.MixtureScores;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.gaussian.MixtureRepair;
import io.github.sparklatent.mixture.training.MixtureFit;
import io.github.sparklatent.mixture.training.MixtureOptions;
import io.github.sparklatent.mixture.training.MixtureTrainer;
import io.github.sparklatent.mixture.training.SearchListener;
import io.github.sparklatent.mixture.training.TrainingResult;
import io.github.sparklatent.ml.core.LatentEstimator;
import io.github.sparklatent.ml.core.ModelFamily;
import io.github.sparklatent.ml.core.Training;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.mixture.TrainedMixture.MixtureParts;
import io.github.sparklatent.ml.params.GaussianMixtureSetters;
import io.github.sparklatent.scoring.FitRecord;
import io.github.sparklatent.scoring.SavedContent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.param.ParamMap;
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
public final class GaussianMixture extends LatentEstimator<GaussianMixture, GaussianMixtureModel>
        implements MllibMixtureParams<GaussianMixture>, GaussianMixtureSetters<GaussianMixture>, GroupableMixture {
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
    public boolean offers(ScoreColumn column) {
        return super.offers(column) && (!getScale().equals(Scale.BOTH.toString()) || Scale.BOTH.offers(column));
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
        return new MixtureTraining(this, context, settings);
    }

    @Override
    public Fitter groupFitter(TrainingContext context, MixedColumns columns) {
        MixtureOptions options = settings().bind(MixtureOptions.DEFAULT);
        return (train, holdout) -> {
            MixtureFit fit = new MixtureTrainer(train, holdout, options, null, SearchListener.none())
                    .fit()
                    .best();
            return fit.with(MixedMixture.of(fit.mixture().gaussian()), fit.metrics());
        };
    }

    /** Returns a model with the Params of this Estimator; its origin is a JSON object. */
    GaussianMixtureModel model(TrainingResult result, String origin) {
        GaussianMixtureModel model =
                new GaussianMixtureModel(uid(), result.best().mixture().gaussian(), FitRecord.of(result, origin));
        copyValues(model, ParamMap.empty()).describeItself();
        return model;
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
    static final class GaussianFamily extends ModelFamily<GaussianMixtureModel, SavedContent.Gaussian> {
        private static final String THEIRS = org.apache.spark.ml.clustering.GaussianMixtureModel.class.getName();

        GaussianFamily() {
            super(MixtureModelType.GMM, GaussianMixtureModel.class, SavedContent.Gaussian.class);
        }

        @Override
        public GaussianMixtureModel model(String uid, SavedContent.Gaussian content) {
            return content == null
                    ? new GaussianMixtureModel(uid)
                    : new GaussianMixtureModel(uid, content.mixture(), content.fit());
        }

        @Override
        public GaussianMixture estimator(String uid) {
            return new GaussianMixture(uid);
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

    /** Runs the training of a Gaussian mixture. */
    private static final class MixtureTraining extends ComponentsTraining<GaussianMixtureModel> {
        private final GaussianMixture estimator;

        MixtureTraining(GaussianMixture estimator, TrainingContext context, Settings settings) {
            super(context, settings, estimator.modelType(), GaussianMixtureModel.class, MixtureOptions.DEFAULT);
            this.estimator = estimator;
        }

        @Override
        protected MixedColumns columns(BlockTable table, RowBlocks holdout) {
            return MixedColumns.ofNumbers(table.facts().width());
        }

        @Override
        protected GaussianMixtureModel model(TrainingResult result, BlockTable rows, String origin) {
            return estimator.model(result, origin);
        }

        @Override
        protected List<String> warnings(TrainingResult result, TableFacts facts) {
            List<String> warnings = new ArrayList<>();
            long categories = facts.features().stream()
                    .filter(feature -> feature.kind() == Feature.Kind.CATEGORY)
                    .count();
            if (categories > 0) {
                warnings.add(
                        "%d of %d features are categories, which a Gaussian component reads as numbers: where a component has one category only, its variance is model.regularization, and so is the height of its density; raise it to 1e-3 or more, or leave categories out with data.columns"
                                .formatted(categories, facts.features().size()));
            }
            return warnings;
        }

        @Override
        protected boolean hasPrior() {
            return options().hasPrior();
        }

        @Override
        protected Function<TrainedMixture<GaussianMixtureModel>, MixtureParts> parts(
                TrainingResult result, List<SelectedRow> sample) {
            MixtureParameters mixture = result.best().mixture().gaussian();
            List<SelectedRow> complete = completed(sample, mixture);
            return trained -> new GaussianMetrics(trained, mixture, complete).parts();
        }

        /** Replaces missing values of rows by their means given the others. */
        private static List<SelectedRow> completed(List<SelectedRow> rows, MixtureParameters mixture) {
            if (rows.isEmpty()) {
                return rows;
            }
            MixtureScores scores = new MixtureScores(new MixedDensity(MixedMixture.of(mixture)));
            return rows.stream()
                    .map(row -> new SelectedRow(row.score(), row.weight(), scores.imputed(row.values())))
                    .toList();
        }
    }
}
