package io.github.sparklatent.vae;

import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.gan.GameObjective;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.nn.Parameter;
import io.github.sparklatent.vae.adversarial.VariationalAdversarialObjective;
import io.github.sparklatent.vae.adversarial.VariationalAdversarialOptions;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

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

    /** Returns the matrices of the parameters by their names. */
    public Map<String, float[][]> matrices() {
        Map<String, float[][]> matrices = new LinkedHashMap<>();
        for (Parameter parameter : architecture.parameters(kind)) {
            float[][] rows = new float[parameter.rows()][];
            Arrays.setAll(rows, i -> {
                int from = parameter.offset() + i * parameter.columns();
                return parameters(from, from + parameter.columns());
            });
            matrices.put(parameter.name(), rows);
        }
        return matrices;
    }

    /**
     * Returns the adversarial objective of the training; null if there was no discriminator.
     *
     * @param labelSmoothing label smoothing of the training. It determines which answers of the discriminator count as
     *     undecided.
     */
    public GameObjective game(double labelSmoothing) {
        AdversarialOptions rules = AdversarialOptions.DEFAULT.withLabelSmoothing(labelSmoothing);
        return switch (kind) {
            case ADVERSARIAL -> architecture.networks(kind).game(rules);
            case VARIATIONAL_ADVERSARIAL ->
                new VariationalAdversarialObjective(
                        architecture, VariationalAdversarialOptions.DEFAULT.withAdversarial(rules));
            default -> null;
        };
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
}
