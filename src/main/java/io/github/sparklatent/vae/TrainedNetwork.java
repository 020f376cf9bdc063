package io.github.sparklatent.vae;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.io.Serializable;
import java.util.Arrays;

/** A trained model: its architecture, its parameters and conditions of training rows. Immutable. */
public final class TrainedNetwork implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final Architecture architecture;
    private final float[] parameters;
    private final float[] conditions;

    /** Creates a trained model without conditions. */
    public TrainedNetwork(Kind kind, Architecture architecture, float[] parameters) {
        this(kind, architecture, parameters, new float[0]);
    }

    /**
     * Creates a trained model.
     *
     * @param parameters parameters of all networks, in the order of {@link Architecture#parameters}. Kept, not copied,
     *     so they must not change afterwards.
     * @param conditions the conditions of some training rows, row after row, from which those of new rows are drawn.
     *     Kept likewise
     * @throws IllegalArgumentException if the architecture has another number of parameters
     */
    public TrainedNetwork(Kind kind, Architecture architecture, float[] parameters, float[] conditions) {
        int expected = architecture.parameterCount(kind);
        Require.that(
                parameters.length == expected,
                "found %d parameters, expected %d (of %s)",
                parameters.length,
                expected,
                architecture.describe(kind));
        this.kind = kind;
        this.architecture = architecture;
        this.parameters = parameters;
        this.conditions = conditions;
    }

    public Kind kind() {
        return kind;
    }

    public Architecture architecture() {
        return architecture;
    }

    public float[] parameters() {
        return parameters.clone();
    }

    /** Returns the conditions of some training rows, row after row. */
    public float[] conditions() {
        return conditions.clone();
    }

    /** Returns a copy of the parameters from .. to − 1. */
    public float[] parameters(int from, int to) {
        return Arrays.copyOfRange(parameters, from, to);
    }

    public int parameterCount() {
        return parameters.length;
    }

    public NetworkScorer scorer(int maxRows, ScoringOptions options) {
        return new NetworkScorer(kind, architecture.networks(kind), parameters, options, maxRows);
    }

    public NetworkSampler sampler(long seed) {
        return NetworkSampler.of(this, architecture.networks(kind), seed);
    }

    /**
     * Creates a sampler of one component for one task.
     *
     * @param component index of the component, from 0
     * @throws IllegalArgumentException if the network does not have this component
     */
    public NetworkSampler sampler(int component, long seed) {
        return NetworkSampler.of(this, architecture.networks(kind), component, seed);
    }
}
