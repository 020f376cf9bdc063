package io.github.sparklatent.ml;

import io.github.sparklatent.vae.objective.VariationalOptions;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/**
 * The params that weigh the divergence from the prior. Setters return the object itself.
 *
 * @param <S> the class that implements this
 */
public interface BetaParams<S> extends Params {
    default DoubleParam beta() {
        return new DoubleParam(
                this, "beta", "weight of the divergence from the prior", ParamValidators.gtEq(0));
    }

    default double getBeta() {
        return (double) $(beta());
    }

    default S setBeta(double value) {
        return put(beta(), value);
    }

    default DoubleParam betaWarmUpPasses() {
        return new DoubleParam(
                this,
                "betaWarmUpPasses",
                "passes over which beta grows from 0",
                ParamValidators.gtEq(0));
    }

    default double getBetaWarmUpPasses() {
        return (double) $(betaWarmUpPasses());
    }

    default S setBetaWarmUpPasses(double value) {
        return put(betaWarmUpPasses(), value);
    }

    /** Sets the defaults of these params; they are the core's. */
    default void betaDefaults() {
        setDefault(beta(), VariationalOptions.DEFAULT.beta());
        setDefault(betaWarmUpPasses(), VariationalOptions.DEFAULT.betaWarmUpPasses());
    }

    @SuppressWarnings("unchecked")
    private <T> S put(Param<T> param, Object value) {
        return (S) set(param, (T) value);
    }
}
