package io.github.sparklatent.ml;

import io.github.sparklatent.nn.Activation;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * The params of an autoencoder, plain or variational: its networks and how they are trained.
 * Setters return the object itself.
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

    default StringArrayParam encoder() {
        return new StringArrayParam(
                this,
                "encoder",
                "hidden layers from the row on: widths, or conv:CHANNELS:KERNEL:STRIDE:PADDING");
    }

    default String[] getEncoder() {
        return $(encoder());
    }

    default S setEncoder(String... value) {
        return put(encoder(), value);
    }

    default StringArrayParam decoder() {
        return new StringArrayParam(
                this,
                "decoder",
                "hidden layers from the latent variables on, as those of the encoder; mirror: its"
                        + " own, last to first");
    }

    default String[] getDecoder() {
        return $(decoder());
    }

    default S setDecoder(String... value) {
        return put(decoder(), value);
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

    default DoubleParam variance() {
        return new DoubleParam(
                this,
                "variance",
                "of a gaussian likelihood whose variance is fixed",
                ParamValidators.gt(0));
    }

    default double getVariance() {
        return (double) $(variance());
    }

    default S setVariance(double value) {
        return put(variance(), value);
    }

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

    default Param<String> corruption() {
        return new Param<>(
                this,
                "corruption",
                "of rows before they are encoded, while training: none, gaussian, masking",
                ParamValidators.inArray(List.of("none", "gaussian", "masking")));
    }

    default String getCorruption() {
        return $(corruption());
    }

    default S setCorruption(String value) {
        return put(corruption(), value);
    }

    default DoubleParam corruptionLevel() {
        return new DoubleParam(
                this,
                "corruptionLevel",
                "deviation of the noise, or share of the values masked",
                ParamValidators.gtEq(0));
    }

    default double getCorruptionLevel() {
        return (double) $(corruptionLevel());
    }

    default S setCorruptionLevel(double value) {
        return put(corruptionLevel(), value);
    }

    /** Sets the defaults of these params. */
    default void networkDefaults() {
        averagingDefaults();
        setDefault(latent(), 8);
        setDefault(encoder(), new String[] {"128"});
        setDefault(decoder(), new String[] {LayerText.MIRROR});
        setDefault(image(), "");
        setDefault(activation(), Activation.RELU.toString());
        setDefault(likelihood(), LikelihoodText.GAUSSIAN);
        setDefault(variance(), 1.0);
        setDefault(binarize(), false);
        setDefault(corruption(), "none");
        setDefault(corruptionLevel(), 0.0);
    }

    @SuppressWarnings("unchecked")
    private <T> S put(Param<T> param, Object value) {
        return (S) set(param, (T) value);
    }
}
