package io.github.sparklatent.vae;

import io.github.sparklatent.learn.Require;
import java.io.Serializable;

/** An autoencoder, plain or variational, with its parameters; does not change. */
public final class TrainedNetwork implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final Architecture architecture;
    private final float[] parameters;

    /**
     * @param parameters of the architecture, in the order of {@link Architecture#parameters}.
     *     Copied.
     * @throws IllegalArgumentException where they are not as many as the architecture has
     */
    public TrainedNetwork(Kind kind, Architecture architecture, float[] parameters) {
        int expected = architecture.parameterCount(kind);
        Require.that(
                parameters.length == expected,
                "found %d parameters, expected %d (of %s)",
                parameters.length,
                expected,
                architecture.describe(kind));
        this.kind = kind;
        this.architecture = architecture;
        this.parameters = parameters.clone();
    }

    public Kind kind() {
        return kind;
    }

    public Architecture architecture() {
        return architecture;
    }

    /** A copy. */
    public float[] parameters() {
        return parameters.clone();
    }

    /**
     * What computes with this network in one task.
     *
     * @param maxRows rows of a batch at most
     */
    public NetworkScorer scorer(int maxRows, ScoringOptions options) {
        return new NetworkScorer(kind, architecture.networks(kind), parameters, options, maxRows);
    }

    /**
     * What draws rows of this network in one task.
     *
     * @throws IllegalArgumentException of an autoencoder, which has no prior to draw codes from
     */
    public NetworkSampler sampler(long seed) {
        return NetworkSampler.of(kind, architecture.networks(kind), parameters, seed);
    }

    /**
     * What draws rows of one component of this network in one task.
     *
     * @param component from 0 on
     * @throws IllegalArgumentException of a component that the network has not
     */
    public NetworkSampler sampler(int component, long seed) {
        return NetworkSampler.of(kind, architecture.networks(kind), parameters, component, seed);
    }
}
