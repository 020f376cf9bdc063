package io.github.sparklatent.vae;

import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.io.Serializable;
import java.util.Arrays;

/** A trained model: its architecture, its parameters, conditions of training rows and clusters of codes. Immutable. */
public final class TrainedNetwork implements Serializable {
    private final Kind kind;
    private final Architecture architecture;
    private final float[] parameters;
    private final float[] conditions;

    /** Null if there are none. */
    private final MixtureParameters clusters;

    /** Creates a trained model without conditions and clusters. */
    public TrainedNetwork(Kind kind, Architecture architecture, float[] parameters) {
        this(kind, architecture, parameters, new float[0], null);
    }

    /**
     * Creates a trained model.
     *
     * @param parameters parameters of all networks, in the order of {@link Architecture#parameters}. Kept, not copied,
     *     so they must not change afterwards.
     * @param conditions the conditions of some training rows, row after row, from which those of new rows are drawn.
     *     Kept likewise
     * @param clusters mixture of the codes of training rows, whose components the rows belong to; null if there is none
     * @throws IllegalArgumentException if the architecture has another number of parameters
     */
    public TrainedNetwork(
            Kind kind, Architecture architecture, float[] parameters, float[] conditions, MixtureParameters clusters) {
        int expected = architecture.parameterCount(kind);
        Require.that(
                parameters.length == expected,
                "found %d parameters, expected %d (of %s)",
                parameters.length,
                expected,
                architecture.describe(kind));
        Require.that(
                clusters == null || !kind.hasComponents() && clusters.dimension() == architecture.latent(),
                "found clusters of codes of another network than %s",
                architecture.describe(kind));
        this.kind = kind;
        this.architecture = architecture;
        this.parameters = parameters;
        this.conditions = conditions;
        this.clusters = clusters;
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

    /** Returns the mixture of the codes of training rows; null if there is none. */
    public MixtureParameters clusters() {
        return clusters;
    }

    /** Returns K, the number of components that rows belong to; 0 if there are none. */
    public int components() {
        return clusters == null ? architecture.components() : clusters.components();
    }

    /** Returns a copy of the parameters from .. to − 1. */
    public float[] parameters(int from, int to) {
        return Arrays.copyOfRange(parameters, from, to);
    }

    public int parameterCount() {
        return parameters.length;
    }

    public NetworkScorer scorer(int maxRows, ScoringOptions options) {
        return new NetworkScorer(this, parameters, options, maxRows);
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
