package io.github.sparklatent.ml.ppca;

import io.github.sparklatent.config.Settings;
import io.github.sparklatent.ml.core.LatentEstimator;
import io.github.sparklatent.ml.core.ModelFamily;
import io.github.sparklatent.ml.core.Training;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.params.ProbabilisticPcaSetters;
import io.github.sparklatent.ppca.Ppca;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Fits probabilistic principal component analysis in closed form (Tipping and Bishop 1999). Rows
 * are a linear function of a few Gaussian latent variables, plus noise of one variance. Unlike
 * MLlib's PCA it gives a density, an anomaly score, samples, and codes scaled to variance 1. The
 * driver collects a d × d covariance, so d is at most {@link Ppca#MOST_COLUMNS}.
 */
public final class ProbabilisticPca extends LatentEstimator<ProbabilisticPca, ProbabilisticPcaModel>
        implements ProbabilisticPcaSetters<ProbabilisticPca> {
    private static final long serialVersionUID = 1L;

    /** The entry of this family in the list of model families. */
    public static final ModelFamily FAMILY =
            new ModelFamily(
                    PpcaModelType.PPCA,
                    ProbabilisticPcaModel.class,
                    ProbabilisticPca::new,
                    (spark, path) -> PpcaTable.find(new ModelDirectory(spark, path)));

    /** Creates an Estimator with a random uid. */
    public ProbabilisticPca() {
        this(Identifiable$.MODULE$.randomUID("ProbabilisticPca"));
    }

    /** Creates an Estimator with a uid. */
    public ProbabilisticPca(String uid) {
        super(uid);
    }

    @Override
    public ModelFamily family() {
        return FAMILY;
    }

    @Override
    protected int latentCount() {
        return getLatent();
    }

    @Override
    protected int componentCount() {
        return 0;
    }

    @Override
    protected Training<ProbabilisticPcaModel> training(TrainingContext context, Settings settings) {
        return new PpcaTraining(this, context, settings);
    }

    /** Returns a model with the Params of this Estimator. */
    ProbabilisticPcaModel model(Ppca parameters, PpcaFit fit) {
        return copyValues(new ProbabilisticPcaModel(uid(), parameters, fit), ParamMap.empty())
                .put(latent().name(), parameters.latent());
    }

    /** Returns a reader of saved Estimators. */
    public static MLReader<ProbabilisticPca> read() {
        return new DefaultParamsReader<>();
    }

    /** Loads a saved Estimator. */
    public static ProbabilisticPca load(String path) {
        return read().load(path);
    }
}
