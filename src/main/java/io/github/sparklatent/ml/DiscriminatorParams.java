package io.github.sparklatent.ml;

import io.github.sparklatent.gan.AdversarialOptions;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * The params of the discriminator that a decoder plays against. Setters return the object itself.
 *
 * @param <S> the class that implements this
 */
public interface DiscriminatorParams<S> extends Params {
    default StringArrayParam discriminator() {
        return new StringArrayParam(
                this,
                "discriminator",
                "hidden layers of the discriminator from the row on: widths, or"
                        + " conv:CHANNELS:KERNEL:STRIDE:PADDING");
    }

    default String[] getDiscriminator() {
        return $(discriminator());
    }

    default S setDiscriminator(String... value) {
        return put(discriminator(), value);
    }

    default DoubleParam discriminatorLearningRate() {
        return new DoubleParam(
                this,
                "discriminatorLearningRate",
                "of the discriminator's steps; 0: that of the others",
                ParamValidators.gtEq(0));
    }

    default double getDiscriminatorLearningRate() {
        return (double) $(discriminatorLearningRate());
    }

    default S setDiscriminatorLearningRate(double value) {
        return put(discriminatorLearningRate(), value);
    }

    default DoubleParam labelSmoothing() {
        return new DoubleParam(
                this,
                "labelSmoothing",
                "how far the discriminator's target for rows of the table stays below 1",
                ParamValidators.inRange(0, 0.5, true, false));
    }

    default double getLabelSmoothing() {
        return (double) $(labelSmoothing());
    }

    default S setLabelSmoothing(double value) {
        return put(labelSmoothing(), value);
    }

    default BooleanParam spectralNormalization() {
        return new BooleanParam(
                this,
                "spectralNormalization",
                "whether each matrix of the discriminator is divided by its largest singular"
                        + " value");
    }

    default boolean getSpectralNormalization() {
        return (boolean) $(spectralNormalization());
    }

    default S setSpectralNormalization(boolean value) {
        return put(spectralNormalization(), value);
    }

    default DoubleParam gradientPenalty() {
        return new DoubleParam(
                this,
                "gradientPenalty",
                "weight of the squared slope of the discriminator's logit at rows of the table (R1;"
                    + " Mescheder et al. 2018; of counts by their logarithms): fewer kinds of rows"
                    + " are left out",
                ParamValidators.gtEq(0));
    }

    default double getGradientPenalty() {
        return (double) $(gradientPenalty());
    }

    default S setGradientPenalty(double value) {
        return put(gradientPenalty(), value);
    }

    /** Sets the defaults of these params; those of the game are the core's. */
    default void discriminatorDefaults() {
        setDefault(discriminator(), new String[] {"128"});
        setDefault(discriminatorLearningRate(), 0.0);
        setDefault(labelSmoothing(), AdversarialOptions.DEFAULT.labelSmoothing());
        setDefault(spectralNormalization(), AdversarialOptions.DEFAULT.spectralNormalization());
        setDefault(gradientPenalty(), AdversarialOptions.DEFAULT.gradientPenalty());
    }

    @SuppressWarnings("unchecked")
    private <T> S put(Param<T> param, Object value) {
        return (S) set(param, (T) value);
    }
}
