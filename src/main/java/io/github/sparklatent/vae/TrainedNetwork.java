package io.github.sparklatent.vae;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.io.Serializable;
import java.util.Arrays;

/**
 * A trained model. Immutable.
 *
 * @param parameters parameters of all networks, in the order of {@link Architecture#parameters}. Kept, not copied, so
 *     they must not change afterwards. Copied when they are returned.
 * @param conditions the conditions of some training rows, row after row, from which those of new rows are drawn. Kept
 *     likewise
 * @param clusters mixture of the codes of training rows, whose components the rows belong to; null if there is none
 */
public record TrainedNetwork(
        Kind kind, Architecture architecture, float[] parameters, float[] conditions, MixtureParameters clusters)
        implements Serializable {
    /** Creates a trained model without conditions and clusters. */
    public TrainedNetwork(Kind kind, Architecture architecture, float[] parameters) {
        this(kind, architecture, parameters, new float[0], null);
    }

    /** Throws an IllegalArgumentException if the architecture has another number of parameters. */
    public TrainedNetwork {
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
    }

    @Override
    public float[] parameters() {
        return parameters.clone();
    }

    @Override
    public float[] conditions() {
        return conditions.clone();
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
        return new NetworkSampler(this, architecture.networks(kind), seed);
    }

    /**
     * Creates a sampler of one component for one task.
     *
     * @param component index of the component, from 0
     * @throws IllegalArgumentException if the network does not have this component
     */
    public NetworkSampler sampler(int component, long seed) {
        return sampler(seed).of(component);
    }
}
