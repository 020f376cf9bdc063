package io.github.sparklatent.ml;

/**
 * The params of a plain autoencoder. Setters return the object itself.
 *
 * @param <S> the class that implements this
 */
public interface AutoencoderParams<S>
        extends CodeParams<S>,
                CorruptionParams<S>,
                PassParams<S>,
                BinarizeParams<S>,
                PatienceParams<S> {
    /** Sets the defaults of all params. */
    default void autoencoderDefaults() {
        codeDefaults();
        corruptionDefaults();
        binarizeDefaults();
        patienceDefaults();
        passDefaults();
    }
}
