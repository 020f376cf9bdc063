package io.github.sparklatent.ml;

import io.github.sparklatent.vae.adversarial.VariationalAdversarialOptions;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;

/**
 * The params of a variational autoencoder whose decoder plays against a discriminator. Setters
 * return the object itself.
 *
 * @param <S> the class that implements this
 */
public interface VariationalAdversarialParams<S>
        extends PosteriorParams<S>, DiscriminatorParams<S>, PassParams<S> {
    default DoubleParam reconstructionWeight() {
        return new DoubleParam(
                this,
                "reconstructionWeight",
                "of what the discriminator's last hidden layer tells of the difference of rows and"
                        + " reconstructions, beside its verdict, in the decoder's loss",
                ParamValidators.gtEq(0));
    }

    default double getReconstructionWeight() {
        return (double) $(reconstructionWeight());
    }

    default S setReconstructionWeight(double value) {
        return put(reconstructionWeight(), value);
    }

    /** Sets the defaults of all params; that of the weight is the core's. */
    default void variationalAdversarialDefaults() {
        posteriorDefaults();
        discriminatorDefaults();
        passDefaults();
        setDefault(reconstructionWeight(), VariationalAdversarialOptions.DEFAULT.gamma());
    }

    @SuppressWarnings("unchecked")
    private <T> S put(Param<T> param, Object value) {
        return (S) set(param, (T) value);
    }
}
