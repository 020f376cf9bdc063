package io.github.sparklatent.ml;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * The params of a generator that plays against a discriminator. Setters return the object itself.
 *
 * @param <S> the class that implements this
 */
public interface GeneratorParams<S>
        extends NetworkParams<S>, DiscriminatorParams<S>, PassParams<S> {
    default StringArrayParam generator() {
        return new StringArrayParam(
                this,
                "generator",
                "hidden layers from the latent variables on: widths, or"
                        + " conv:CHANNELS:KERNEL:STRIDE:PADDING");
    }

    default String[] getGenerator() {
        return $(generator());
    }

    default S setGenerator(String... value) {
        return put(generator(), value);
    }

    /** Sets the defaults of all params. */
    default void generatorDefaults() {
        networkDefaults();
        discriminatorDefaults();
        passDefaults();
        setDefault(generator(), new String[] {"128"});
    }

    @SuppressWarnings("unchecked")
    private <T> S put(Param<T> param, Object value) {
        return (S) set(param, (T) value);
    }
}
