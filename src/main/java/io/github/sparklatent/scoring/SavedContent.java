package io.github.sparklatent.scoring;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.linear.LinearGaussian;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Kind;
import java.util.stream.IntStream;

/**
 * The parts of trained models, in the form in which {@link io.github.sparklatent.learn.StateCodec#MODEL} saves them.
 */
public sealed interface SavedContent {
    /** Name of the file of a saved model that has its content. */
    String FILE = "content.cbor";

    /** Name of the file with the checksums of a model, as {@code sha256sum} writes them. */
    String CHECKSUMS = "_CHECKSUMS";

    /**
     * Returns the model prepared to score rows.
     *
     * @param options options of networks, which other models do not use
     */
    RowModel rows(ScoringOptions options);

    /**
     * Returns what opens explainers of rows, if the model explains them.
     *
     * @param options options of networks, which other models do not use
     */
    RowExplainer.Source explainer(ScoringOptions options);

    /**
     * A mixture.
     *
     * @param fit record of the fit; null if it is not known
     */
    record Mixture(TableMixture table, FitRecord fit) implements SavedContent {
        public Mixture {
            Require.that(table != null, "it has no table");
        }

        @Override
        public RowModel rows(ScoringOptions options) {
            return MixtureBatchScorer.of(table);
        }

        @Override
        public RowExplainer.Source explainer(ScoringOptions options) {
            return DensityExplainer.of(table.usual());
        }
    }

    /**
     * Probabilistic PCA or factor analysis.
     *
     * @param fit record of the fit; null if it is not known
     */
    record Linear(LinearGaussian parameters, LinearRecord fit) implements SavedContent {
        public Linear {
            Require.that(parameters != null, "it has no parameters");
        }

        @Override
        public RowModel rows(ScoringOptions options) {
            LinearGaussian own = parameters; // a content is not sent to the workers
            return columns -> new LinearBatchScorer(own, columns);
        }

        @Override
        public RowExplainer.Source explainer(ScoringOptions options) {
            return DensityExplainer.of(MixedMixture.of(MixtureParameters.of(parameters)));
        }
    }

    /** A network, of which {@link NetworkForm} is saved. */
    record Network(TrainedNetwork network) implements SavedContent {
        @Override
        public RowModel rows(ScoringOptions options) {
            TrainedNetwork own = network; // a content is not sent to the workers
            return columns -> new NetworkBatchScorer(own, options, columns);
        }

        @Override
        public RowExplainer.Source explainer(ScoringOptions options) {
            TrainedNetwork own = network;
            return groups -> new NetworkExplainer(own, options, groups);
        }
    }

    /**
     * The saved form of a network, without its kind, which the class of the model says.
     *
     * @param architecture the networks as JSON
     * @param conditions conditions of some training rows
     * @param clusters mixture of codes; null if there is none
     * @param fit record of the training; null if it is not known
     */
    record NetworkForm(
            String architecture, float[] parameters, float[] conditions, MixtureParameters clusters, NetworkFit fit) {
        public NetworkForm {
            Require.that(
                    architecture != null && parameters != null && conditions != null,
                    "it has no architecture, no parameters or no conditions");
        }

        /** Returns the network. Throws an IllegalArgumentException if it is impossible. */
        public TrainedNetwork network(Kind kind) {
            return new TrainedNetwork(kind, ArchitectureJson.read(architecture), parameters, conditions, clusters);
        }
    }

    /**
     * The record of a fit, saved with the model.
     *
     * @param rows number of rows of the training table
     * @param weight total weight of these rows
     * @param meanLogLikelihood mean log-likelihood of the training rows, nats per row of weight 1
     * @param holdoutMeanLogLikelihood mean log-likelihood of the held-out rows; NaN if none were held out
     * @param variances variances along the axes of the latent variables, greatest first: with the noise for
     *     probabilistic PCA, without it for factor analysis. After the closed form, the variances along the other axes
     *     may follow.
     * @param total sum of the variances of the columns
     * @param rounds number of rounds of EM; 1 for the closed form
     * @param converged whether the tolerance ended the rounds
     * @param origin provenance of the model: a JSON object
     */
    public record LinearRecord(
            long rows,
            double weight,
            double meanLogLikelihood,
            double holdoutMeanLogLikelihood,
            double[] variances,
            double total,
            int rounds,
            boolean converged,
            String origin) {
        /**
         * Returns the share of the total variance along the axis of each latent variable. It is 0 for a latent variable
         * of probabilistic PCA whose loadings are 0, because its variance does not exceed the noise.
         */
        public double[] explained(LinearGaussian model) {
            double least = model.isIsotropic() ? model.noise(0) : 0;
            double[] lengths = model.squaredLengths();
            return IntStream.range(0, lengths.length)
                    .mapToDouble(i -> lengths[i] > 0 && variances[i] > least ? variances[i] / total : 0)
                    .toArray();
        }
    }
}
