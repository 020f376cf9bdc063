package io.github.sparklatent.ml.linear;

import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.linear.LinearOptions;
import io.github.sparklatent.ml.core.LatentEstimator;
import io.github.sparklatent.ml.core.ModelFamily;
import io.github.sparklatent.scoring.SavedContent;
import java.util.function.BiFunction;
import java.util.function.Function;

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
            Function<String, LatentEstimator<?, M>> estimator,
            BiFunction<String, SavedContent.Linear, M> constructor) {
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
}
