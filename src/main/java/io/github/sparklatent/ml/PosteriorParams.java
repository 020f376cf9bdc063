package io.github.sparklatent.ml;

import io.github.sparklatent.vae.ScoringOptions;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;

/**
 * The params of a network whose codes have a distribution given the row. Setters return the object
 * itself.
 *
 * @param <S> the class that implements this
 */
public interface PosteriorParams<S> extends CodeParams<S> {
    default Param<String> latentVarianceCol() {
        return new Param<>(
                this,
                "latentVarianceCol",
                "variance of each latent variable given the row, a vector; empty: no column");
    }

    default String getLatentVarianceCol() {
        return $(latentVarianceCol());
    }

    default S setLatentVarianceCol(String value) {
        return put(latentVarianceCol(), value);
    }

    default IntParam samples() {
        return new IntParam(
                this, "samples", "latent vectors drawn for a row", ParamValidators.gtEq(1));
    }

    default int getSamples() {
        return (int) $(samples());
    }

    default S setSamples(int value) {
        return put(samples(), value);
    }

    /** Sets the defaults of these params. */
    default void posteriorDefaults() {
        codeDefaults();
        setDefault(latentVarianceCol(), "");
        setDefault(samples(), ScoringOptions.DEFAULT.samples());
    }

    @SuppressWarnings("unchecked")
    private <T> S put(Param<T> param, Object value) {
        return (S) set(param, (T) value);
    }
}
