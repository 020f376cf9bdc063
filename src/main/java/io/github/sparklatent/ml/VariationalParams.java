package io.github.sparklatent.ml;

import io.github.sparklatent.vae.objective.VariationalOptions;
import java.util.List;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;

/**
 * The params that a variational autoencoder has beyond those of a plain one. Setters return the
 * object itself.
 *
 * @param <S> the class that implements this
 */
public interface VariationalParams<S>
        extends PosteriorParams<S>,
                CorruptionParams<S>,
                BetaParams<S>,
                PassParams<S>,
                BinarizeParams<S>,
                PatienceParams<S> {
    default Param<String> objective() {
        return new Param<>(
                this,
                "objective",
                "bound that training raises: elbo, or iwae of all samples together",
                ParamValidators.inArray(List.of("elbo", "iwae")));
    }

    default String getObjective() {
        return $(objective());
    }

    default S setObjective(String value) {
        return put(objective(), value);
    }

    default Param<String> gradient() {
        return new Param<>(
                this,
                "gradient",
                "estimator: reparameterized or score-function",
                ParamValidators.inArray(List.of("reparameterized", "score-function")));
    }

    default String getGradient() {
        return $(gradient());
    }

    default S setGradient(String value) {
        return put(gradient(), value);
    }

    default DoubleParam freeBits() {
        return new DoubleParam(
                this,
                "freeBits",
                "nats of divergence that each latent variable has for nothing",
                ParamValidators.gtEq(0));
    }

    default double getFreeBits() {
        return (double) $(freeBits());
    }

    default S setFreeBits(double value) {
        return put(freeBits(), value);
    }

    /** Sets the defaults of all params. */
    default void variationalDefaults() {
        VariationalOptions options = VariationalOptions.DEFAULT;
        posteriorDefaults();
        corruptionDefaults();
        binarizeDefaults();
        patienceDefaults();
        passDefaults();
        betaDefaults();
        setDefault(objective(), NetworkNames.of(options.bound()));
        setDefault(gradient(), NetworkNames.of(options.gradient()));
        setDefault(freeBits(), options.freeBits());
    }

    @SuppressWarnings("unchecked")
    private <T> S put(Param<T> param, Object value) {
        return (S) set(param, (T) value);
    }
}
