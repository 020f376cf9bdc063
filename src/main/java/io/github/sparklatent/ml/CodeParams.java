package io.github.sparklatent.ml;

import java.util.List;
import org.apache.spark.ml.param.BooleanParam;
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
    default void codeDefaults() {
        networkDefaults();
        codeColumnDefaults();
        setDefault(encoder(), new String[] {"128"});
        setDefault(decoder(), new String[] {LayerText.MIRROR});
        setDefault(binarize(), false);
        setDefault(corruption(), "none");
        setDefault(corruptionLevel(), 0.0);
    }

    @SuppressWarnings("unchecked")
    private <T> S put(Param<T> param, Object value) {
        return (S) set(param, (T) value);
    }
}
