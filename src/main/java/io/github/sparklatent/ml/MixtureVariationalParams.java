package io.github.sparklatent.ml;

import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.vae.stage.ClusteringPhase;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;

/**
 * The params of a variational autoencoder whose prior and posterior are mixtures, and of the stages
 * of its training. Setters return the object itself.
 *
 * @param <S> the class that implements this
 */
public interface MixtureVariationalParams<S>
        extends PosteriorParams<S>,
                ComponentParams<S>,
                ClusterStartParams<S>,
                CorruptionParams<S>,
                BetaParams<S>,
                DiscriminatorParams<S>,
                BinarizeParams<S>,
                PatienceParams<S> {
    default DoubleParam pretrainingPasses() {
        return new DoubleParam(
                this,
                "pretrainingPasses",
                "passes over the rows at most that train an autoencoder first, the clusters of"
                        + " whose codes are the start; 0: no such stage",
                ParamValidators.gtEq(0));
    }

    default double getPretrainingPasses() {
        return (double) $(pretrainingPasses());
    }

    default S setPretrainingPasses(double value) {
        return put(pretrainingPasses(), value);
    }

    /** Unless it is set it follows from whether an autoencoder is trained first. */
    @Override
    default String getInitialization() {
        return isSet(initialization())
                ? $(initialization())
                : ClusteringPhase.initialization(getPretrainingPasses() > 0).toString();
    }

    default DoubleParam encoderPasses() {
        return new DoubleParam(
                this,
                "encoderPasses",
                "passes over the rows at most in which encoder and prior move; 0: no such stage",
                ParamValidators.gtEq(0));
    }

    default double getEncoderPasses() {
        return (double) $(encoderPasses());
    }

    default S setEncoderPasses(double value) {
        return put(encoderPasses(), value);
    }

    default DoubleParam decoderPasses() {
        return new DoubleParam(
                this,
                "decoderPasses",
                "passes at most in which the decoder moves, after those of the encoder; 0: no such"
                        + " stage",
                ParamValidators.gtEq(0));
    }

    default double getDecoderPasses() {
        return (double) $(decoderPasses());
    }

    default S setDecoderPasses(double value) {
        return put(decoderPasses(), value);
    }

    default DoubleParam jointPasses() {
        return new DoubleParam(
                this,
                "jointPasses",
                "passes at most in which all moves, after those of the decoder; 0: no such stage",
                ParamValidators.gtEq(0));
    }

    default double getJointPasses() {
        return (double) $(jointPasses());
    }

    default S setJointPasses(double value) {
        return put(jointPasses(), value);
    }

    default DoubleParam adversarialWeight() {
        return new DoubleParam(
                this,
                "adversarialWeight",
                "of the loss against a discriminator while the decoder moves; 0: there is none",
                ParamValidators.gtEq(0));
    }

    default double getAdversarialWeight() {
        return (double) $(adversarialWeight());
    }

    default S setAdversarialWeight(double value) {
        return put(adversarialWeight(), value);
    }

    /** Sets the defaults of all params. */
    default void mixtureVariationalDefaults() {
        posteriorDefaults();
        componentDefaults();
        clusterStartDefaults();
        corruptionDefaults();
        binarizeDefaults();
        patienceDefaults();
        betaDefaults();
        discriminatorDefaults();
        setDefault(
                pretrainingPasses(),
                ClusteringPhase.AUTOENCODER.preset(AveragingOptions.DEFAULT).maxPasses());
        setDefault(encoderPasses(), 5.0);
        setDefault(decoderPasses(), 5.0);
        setDefault(jointPasses(), 40.0);
        setDefault(adversarialWeight(), 0.0);
    }

    @SuppressWarnings("unchecked")
    private <T> S put(Param<T> param, Object value) {
        return (S) set(param, (T) value);
    }
}
