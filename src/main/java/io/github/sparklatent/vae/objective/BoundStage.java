package io.github.sparklatent.vae.objective;

import io.github.sparklatent.learn.objective.StochasticObjective.ParameterGroup;
import io.github.sparklatent.learn.objective.StochasticObjective.Range;
import io.github.sparklatent.settings.Names;
import io.github.sparklatent.vae.model.Networks;
import java.util.List;

/** The stages of training a VAE by its bound, by the parameters that they update. */
public enum BoundStage {
    /** Updates the encoder and the prior, to raise the bound. */
    ENCODER,
    /** Updates the decoder and the likelihood, to improve the reconstruction. */
    DECODER,
    /** Updates the encoder, the prior, the decoder and the likelihood, to raise the bound. */
    JOINT;

    public String title() {
        return Names.of(this);
    }

    /** Returns the derivatives with respect to all parameters if the stage updates the decoder, otherwise null. */
    float[] ofDecoder(float[] gradient) {
        return movesDecoder() ? gradient : null;
    }

    boolean movesEncoder() {
        return this != DECODER;
    }

    /** Returns the parameters that the stage updates, as one group. */
    List<ParameterGroup> groups(Networks networks) {
        int decoder = networks.decoderOffset();
        int prior = networks.priorOffset();
        int end = networks.auxiliaryOffset();
        return List.of(new ParameterGroup(
                "model",
                switch (this) {
                    case ENCODER -> List.of(new Range(0, decoder), new Range(prior, end - prior));
                    case DECODER -> List.of(new Range(decoder, prior - decoder));
                    case JOINT -> List.of(new Range(0, end));
                }));
    }

    /** Returns whether the stage updates the decoder. */
    public boolean movesDecoder() {
        return this != ENCODER;
    }
}
