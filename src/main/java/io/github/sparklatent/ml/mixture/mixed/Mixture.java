package io.github.sparklatent.ml.mixture.mixed;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.config.HoldoutSection;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.TreeOptions;
import io.github.sparklatent.mixture.TreeOptions.Within;
import io.github.sparklatent.mixture.training.MixtureOptions;
import io.github.sparklatent.mixture.training.MixtureTrainer;
import io.github.sparklatent.mixture.training.SearchListener;
import io.github.sparklatent.mixture.training.TrainingResult;
import io.github.sparklatent.ml.core.LatentEstimator;
import io.github.sparklatent.ml.core.ModelFamily;
import io.github.sparklatent.ml.core.Training;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.mixture.GroupableMixture;
import io.github.sparklatent.ml.params.MixtureParams;
import io.github.sparklatent.ml.params.MixtureSetters;
import io.github.sparklatent.scoring.FitRecord;
import io.github.sparklatent.scoring.SavedContent;
import io.github.sparklatent.scoring.TableMixture;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;

/**
 * Fits a mixture of columns of several types by expectation-maximisation. Within a component, numbers have a joint
 * Gaussian distribution, or are independent with a t distribution; categories have probabilities; counts have a
 * distribution of counts. Missing cells are summed out.
 *
 * <p>A column of a vector is a category if the metadata of the vector has its categories, as spark.ml's
 * {@code StringIndexer} and {@code VectorAssembler} write them, or if {@code families} says so. Equal seeds give the
 * same bits on every cluster.
 */
public final class Mixture extends LatentEstimator<Mixture, MixtureModel>
        implements MixtureParams<Mixture>, MixtureSetters<Mixture>, GroupableMixture {
    /** The family of the models. */
    static final MixedFamily FAMILY = new MixedFamily();

    /** Creates an Estimator with a random uid. */
    public Mixture() {
        this(Identifiable$.MODULE$.randomUID("Mixture"));
    }

    /** Creates an Estimator with a uid. */
    public Mixture(String uid) {
        super(uid);
    }

    @Override
    public MixedFamily family() {
        return FAMILY;
    }

    @Override
    protected int componentCount() {
        return getK();
    }

    /**
     * Trains on the table. Rows that trees were grown from have much lower anomaly scores than others, so a tenth of
     * the rows is held out if they have severities and {@code holdoutFraction} is not set.
     */
    @Override
    public MixtureModel fit(Dataset<?> dataset) {
        return getWithin().equals(Within.TREES.toString()) && isJudged() && !isSet(getParam("holdoutFraction"))
                ? copy(ParamMap.empty())
                        .setHoldoutFraction(HoldoutSection.DEFAULT.fraction())
                        .fit(dataset)
                : super.fit(dataset);
    }

    @Override
    protected Training<MixtureModel> training(TrainingContext context, Settings settings) {
        return new MixedTraining(this, context, settings);
    }

    /** Trees impute no cells: a missing one is a value that the columns after it are given. */
    @Override
    public boolean offers(ScoreColumn column) {
        return super.offers(column)
                && (column != ScoreColumn.IMPUTED || !getWithin().equals(Within.TREES.toString()));
    }

    @Override
    public Fitter groupFitter(TrainingContext context, MixedColumns columns) {
        MixtureOptions options = settings().bind(MixedModelType.DEFAULT);
        if (settings().bind(TreeOptions.DEFAULT).areTrees()) {
            throw new UsageException("model.within is trees, which only a single model can have: must be independent");
        }
        return (train, holdout) -> new MixtureTrainer(train, holdout, columns, options, null, SearchListener.none())
                .fit()
                .best();
    }

    /** Returns a model with the Params of this Estimator; its origin is a JSON object. */
    MixtureModel model(TrainingResult result, TableMixture table, String origin) {
        MixtureModel model = new MixtureModel(uid(), table, FitRecord.of(result, origin));
        copyValues(model, ParamMap.empty()).describeItself();
        return model;
    }

    /** Returns a reader of saved Estimators. */
    public static MLReader<Mixture> read() {
        return ModelDirectory.reader(Mixture.class, (directory, uid) -> new Mixture(uid));
    }

    /** Loads a saved Estimator. */
    public static Mixture load(String path) {
        return read().load(path);
    }

    /** The family of mixtures of columns of several types. */
    static final class MixedFamily extends ModelFamily<MixtureModel, SavedContent.Mixed> {

        MixedFamily() {
            super(MixedModelType.MIXTURE, MixtureModel.class, SavedContent.Mixed.class);
        }

        @Override
        public MixtureModel model(String uid, SavedContent.Mixed content) {
            return content == null
                    ? new MixtureModel(uid, null, null)
                    : new MixtureModel(uid, content.table(), content.fit());
        }

        @Override
        public Mixture estimator(String uid) {
            return new Mixture(uid);
        }
    }
}
