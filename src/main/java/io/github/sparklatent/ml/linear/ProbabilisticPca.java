package io.github.sparklatent.ml.linear;

import io.github.sparklatent.linear.LinearOptions;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.params.ProbabilisticPcaSetters;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Fits probabilistic principal component analysis (Tipping and Bishop 1999), in closed form or by EM. Rows are a linear
 * function of a few Gaussian latent variables, plus noise of one variance. Unlike MLlib's PCA it gives a density, an
 * anomaly score, samples, and codes scaled to variance 1. EM fits rows with missing values, and rows of more columns
 * than a covariance can have.
 */
public final class ProbabilisticPca extends LinearEstimator<ProbabilisticPca, ProbabilisticPcaModel>
        implements ProbabilisticPcaSetters<ProbabilisticPca> {
    private static final long serialVersionUID = 1L;

    /** The family of the models. */
    static final LinearFamily<ProbabilisticPcaModel> FAMILY = new LinearFamily<>(
            LinearModelType.PPCA,
            "Probabilistic PCA",
            LinearOptions.PPCA,
            ProbabilisticPcaModel.class,
            ProbabilisticPcaModel::new,
            ProbabilisticPca::new);

    /** Creates an Estimator with a random uid. */
    public ProbabilisticPca() {
        this(Identifiable$.MODULE$.randomUID("ProbabilisticPca"));
    }

    /** Creates an Estimator with a uid. */
    public ProbabilisticPca(String uid) {
        super(uid);
    }

    @Override
    public LinearFamily<ProbabilisticPcaModel> family() {
        return FAMILY;
    }

    /** Returns a reader of saved Estimators. */
    public static MLReader<ProbabilisticPca> read() {
        return ModelDirectory.reader(ProbabilisticPca.class, (directory, uid) -> new ProbabilisticPca(uid));
    }

    /** Loads a saved Estimator. */
    public static ProbabilisticPca load(String path) {
        return read().load(path);
    }
}
