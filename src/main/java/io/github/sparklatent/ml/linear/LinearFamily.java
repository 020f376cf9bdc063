package io.github.sparklatent.ml.linear;

import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.linear.LinearGaussian;
import io.github.sparklatent.linear.LinearOptions;
import io.github.sparklatent.ml.core.LatentEstimator;
import io.github.sparklatent.ml.core.ModelFamily;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.io.SavedTables;
import io.github.sparklatent.scoring.LinearRecord;
import io.github.sparklatent.scoring.SavedContent;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;

/**
 * A family of linear Gaussian models.
 *
 * @param <M> class of the models
 */
final class LinearFamily<M extends LinearModel<M>> extends ModelFamily<M, SavedContent.Linear> {
    private final String name;
    private final LinearOptions options;
    private final Function<String, LatentEstimator<?, M>> estimator;
    private final BiFunction<String, SavedContent.Linear, M> constructor;

    /**
     * Creates a family.
     *
     * @param name name at the beginning of a sentence
     * @param options default options of a fit
     */
    LinearFamily(
            ModelType type,
            String name,
            LinearOptions options,
            Class<M> model,
            BiFunction<String, SavedContent.Linear, M> constructor,
            Function<String, LatentEstimator<?, M>> estimator) {
        super(type, model, SavedContent.Linear.class);
        this.name = name;
        this.options = options;
        this.constructor = constructor;
        this.estimator = estimator;
    }

    String name() {
        return name;
    }

    LinearOptions options() {
        return options;
    }

    @Override
    public M model(String uid, SavedContent.Linear content) {
        return constructor.apply(uid, content);
    }

    @Override
    public LatentEstimator<?, M> estimator(String uid) {
        return estimator.apply(uid);
    }

    /** The only row of the table of the release before; the record is null if it is not known. */
    private record Before(
            double[] mean,
            int latent,
            double[] loadings,
            double[] noise,
            Long rows,
            Double weight,
            Double meanLogLikelihood,
            Double holdoutMeanLogLikelihood,
            double[] variances,
            Double total,
            Integer rounds,
            Boolean converged,
            String origin) {
        SavedContent.Linear content() {
            DMatrixRMaj matrix = new DMatrixRMaj(mean.length, latent, true, loadings);
            return new SavedContent.Linear(
                    new LinearGaussian(mean, matrix, noise),
                    origin == null
                            ? null
                            : new LinearRecord(
                                    rows,
                                    weight,
                                    meanLogLikelihood,
                                    holdoutMeanLogLikelihood,
                                    variances,
                                    total,
                                    rounds,
                                    converged,
                                    origin));
        }
    }

    @Override
    protected SavedContent.Linear before(ModelDirectory directory, M params) {
        return SavedTables.only(directory, "data", Before.class).content();
    }
}
