package io.github.sparklatent.ml.linear;

import io.github.sparklatent.linear.LinearOptions;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.params.FactorAnalysisSetters;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Fits factor analysis by EM (Rubin and Thayer 1982). Rows are a linear function of a few Gaussian latent variables,
 * plus noise that has its own variance in each column. So the fit does not depend on the units of the columns, and a
 * column of much noise does not attract a latent variable.
 */
public final class FactorAnalysis extends LinearEstimator<FactorAnalysis, FactorAnalysisModel>
        implements FactorAnalysisSetters<FactorAnalysis> {
    private static final long serialVersionUID = 1L;

    /** The family of the models. */
    static final LinearFamily<FactorAnalysisModel> FAMILY = new LinearFamily<>(
            LinearModelType.FACTOR_ANALYSIS,
            "Factor analysis",
            LinearOptions.FACTOR_ANALYSIS,
            FactorAnalysisModel.class,
            FactorAnalysisModel::new,
            FactorAnalysis::new);

    /** Creates an Estimator with a random uid. */
    public FactorAnalysis() {
        this(Identifiable$.MODULE$.randomUID("FactorAnalysis"));
    }

    /** Creates an Estimator with a uid. */
    public FactorAnalysis(String uid) {
        super(uid);
    }

    @Override
    public LinearFamily<FactorAnalysisModel> family() {
        return FAMILY;
    }

    /** Returns a reader of saved Estimators. */
    public static MLReader<FactorAnalysis> read() {
        return ModelDirectory.reader(FactorAnalysis.class, (directory, uid) -> new FactorAnalysis(uid));
    }

    /** Loads a saved Estimator. */
    public static FactorAnalysis load(String path) {
        return read().load(path);
    }
}
