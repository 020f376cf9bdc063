package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.config.HoldoutSection;
import io.github.sparklatent.mixture.TreeOptions.Within;
import io.github.sparklatent.ml.core.ModelFamily;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.params.MixtureParams;
import io.github.sparklatent.ml.params.MixtureSetters;
import io.github.sparklatent.scoring.SavedContent;
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
public final class Mixture extends MixtureEstimator<Mixture, MixtureModel>
        implements MixtureParams<Mixture>, MixtureSetters<Mixture> {
    /** The family of the models. */
    static final ModelFamily<MixtureModel, SavedContent.Mixture> FAMILY = new ModelFamily<>(
            MixtureModelType.MIXTURE, MixtureModel.class, SavedContent.Mixture.class, MixtureModel::new, Mixture::new);

    /** Creates an Estimator with a random uid. */
    public Mixture() {
        this(Identifiable$.MODULE$.randomUID("Mixture"));
    }

    /** Creates an Estimator with a uid. */
    public Mixture(String uid) {
        super(uid);
    }

    @Override
    public ModelFamily<MixtureModel, SavedContent.Mixture> family() {
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

    /** Returns a reader of saved Estimators. */
    public static MLReader<Mixture> read() {
        return ModelDirectory.reader(Mixture.class, (directory, uid) -> new Mixture(uid));
    }

    /** Loads a saved Estimator. */
    public static Mixture load(String path) {
        return read().load(path);
    }
}
