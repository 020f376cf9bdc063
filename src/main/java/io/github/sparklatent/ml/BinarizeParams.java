package io.github.sparklatent.ml;

import io.github.sparklatent.vae.ScoringOptions;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * Whether grey values are taken for probabilities. Setters return the object itself.
 *
 * @param <S> the class that implements this
 */
public interface BinarizeParams<S> extends Params {
    default BooleanParam binarize() {
        return new BooleanParam(
                this,
                "binarize",
                "bernoulli: whether values are drawn as 0 or 1 each time a row is used");
    }

    default boolean getBinarize() {
        return (boolean) $(binarize());
    }

    default S setBinarize(boolean value) {
        return put(binarize(), value);
    }

    /** Sets the default, which is the core's. */
    default void binarizeDefaults() {
        setDefault(binarize(), ScoringOptions.DEFAULT.binarize());
    }

    @SuppressWarnings("unchecked")
    private <T> S put(Param<T> param, Object value) {
        return (S) set(param, (T) value);
    }
}
