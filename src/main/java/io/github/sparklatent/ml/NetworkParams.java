package io.github.sparklatent.ml;

import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.Initialization;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;

/**
 * The params that all networks have: what they are made of and how they are trained. Setters return
 * the object itself.
 *
 * @param <S> the class that implements this
 */
public interface NetworkParams<S> extends AveragingParams<S> {
    default IntParam latent() {
        return new IntParam(
                this, "latent", "latent variables of a row, at least 1", ParamValidators.gtEq(1));
    }

    default int getLatent() {
        return (int) $(latent());
    }

    default S setLatent(int value) {
        return put(latent(), value);
    }

    default Param<String> image() {
        return new Param<>(
                this,
                "image",
                "size of the images that rows are, CHANNELSxHEIGHTxWIDTH, for convolutions; empty:"
                        + " they are none");
    }

    default String getImage() {
        return $(image());
    }

    default S setImage(String value) {
        return put(image(), value);
    }

    default Param<String> activation() {
        List<String> names = Arrays.stream(Activation.values()).map(Object::toString).toList();
        return new Param<>(
                this,
                "activation",
                "of all hidden layers: " + names,
                ParamValidators.inArray(names));
    }

    default String getActivation() {
        return $(activation());
    }

    default S setActivation(String value) {
        return put(activation(), value);
    }

    default Param<String> initialization() {
        List<String> names = Arrays.stream(Initialization.values()).map(Object::toString).toList();
        return new Param<>(
                this, "initialization", "of the weights: " + names, ParamValidators.inArray(names));
    }

    default String getInitialization() {
        return $(initialization());
    }

    default S setInitialization(String value) {
        return put(initialization(), value);
    }

    default Param<String> likelihood() {
        return new Param<>(
                this,
                "likelihood",
                "of a row given its latent variables: " + LikelihoodText.NAMES,
                ParamValidators.inArray(LikelihoodText.NAMES));
    }

    default String getLikelihood() {
        return $(likelihood());
    }

    default S setLikelihood(String value) {
        return put(likelihood(), value);
    }

    default Param<String> anomalyCol() {
        return new Param<>(
                this, "anomalyCol", "how strange the row is, in nats: higher is stranger");
    }

    default String getAnomalyCol() {
        return $(anomalyCol());
    }

    default S setAnomalyCol(String value) {
        return put(anomalyCol(), value);
    }

    /** Sets the defaults of these params. */
    default void networkDefaults() {
        averagingDefaults();
        setDefault(latent(), 8);
        setDefault(image(), "");
        setDefault(activation(), Activation.RELU.toString());
        setDefault(initialization(), Initialization.HE_UNIFORM.toString());
        setDefault(likelihood(), LikelihoodText.GAUSSIAN);
        setDefault(anomalyCol(), "anomaly");
    }

    @SuppressWarnings("unchecked")
    private <T> S put(Param<T> param, Object value) {
        return (S) set(param, (T) value);
    }
}
