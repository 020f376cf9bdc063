package io.github.sparklatent.ml;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * The params of a network that encodes rows and gives them back. Setters return the object itself.
 *
 * @param <S> the class that implements this
 */
public interface CodeParams<S> extends NetworkParams<S>, CodeColumnParams<S> {
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

    /** Sets the defaults of these params. */
    default void codeDefaults() {
        networkDefaults();
        codeColumnDefaults();
        setDefault(encoder(), new String[] {"128"});
        setDefault(decoder(), new String[] {LayerText.MIRROR});
        setDefault(variance(), 1.0);
    }

    @SuppressWarnings("unchecked")
    private <T> S put(Param<T> param, Object value) {
        return (S) set(param, (T) value);
    }
}
