package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.mixture.training.MixtureOptions;
import io.github.sparklatent.ml.core.LatentEstimator;
import io.github.sparklatent.ml.core.ModelFamily;
import io.github.sparklatent.scoring.SavedContent;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A preset of mixtures.
 *
 * @param <M> class of the models
 */
public class MixtureFamily<M extends MixtureOfRows<M>> extends ModelFamily<M, SavedContent.Mixture> {
    private final MixtureOptions options;
    private final boolean isTyped;
    private final BiFunction<String, SavedContent.Mixture, M> constructor;
    private final Function<String, LatentEstimator<?, M>> estimator;

    /**
     * Creates a family.
     *
     * @param options default options of a fit
     * @param isTyped whether columns have types; otherwise all are numbers with a joint Gaussian distribution
     */
    MixtureFamily(
            ModelType type,
            MixtureOptions options,
            boolean isTyped,
            Class<M> model,
            BiFunction<String, SavedContent.Mixture, M> constructor,
            Function<String, LatentEstimator<?, M>> estimator) {
        super(type, model, SavedContent.Mixture.class);
        this.options = options;
        this.isTyped = isTyped;
        this.constructor = constructor;
        this.estimator = estimator;
    }

    final MixtureOptions options() {
        return options;
    }

    final boolean isTyped() {
        return isTyped;
    }

    @Override
    public M model(String uid, SavedContent.Mixture content) {
        return constructor.apply(uid, content);
    }

    @Override
    public LatentEstimator<?, M> estimator(String uid) {
        return estimator.apply(uid);
    }
}
