package io.github.sparklatent.vae.cluster;

import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.initialization.Initialization;
import io.github.sparklatent.settings.Names;
import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import io.github.sparklatent.vae.objective.ClusteringOptions;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;

/**
 * Settings of the initialisation and the training of a clustering VAE. The defaults are reliable on MNIST.
 * {@link #PAPER} is the recipe of Jiang et al. 2017, whose result depends on the seed: the likelihood may prefer a
 * mixture that splits one digit and joins two others, and the bound does not leave that start.
 *
 * @param options options of the loss
 * @param start method that finds clusters among the autoencoder's codes
 * @param restarts number of restarts of the fit of a mixture to the codes
 * @param startRows largest number of rows whose codes the restarts use; the best restart continues with all rows
 * @param seed seed of the initialisation
 */
@RecordBuilder
public record ClusteringRecipe(
        ClusteringOptions options,

        @Setting(
                key = "model.start",
                meaning = "how latent codes are clustered: merged from twice as many"
                        + " clusters, or a diagonal mixture as in the paper")
        ClusterSearch start,

        @Setting(
                key = "train.restarts",
                meaning = "starts of the mixture of latent codes with different seeds; the" + " best is kept",
                range = ">= 1")
        int restarts,

        int startRows,
        @Setting(key = "train.seed") long seed)
        implements ClusteringRecipeBuilder.With, Serializable {
    /**
     * The default recipe. Defaults are defined here only. The clustering VAE with a classifier uses this recipe too,
     * unlike its published forms, see {@link ClusterInitialization}.
     */
    public static final ClusteringRecipe DEFAULT = new ClusteringRecipe(
            ClusteringOptions.DEFAULT.withInformation(20), ClusterSearch.OVER_CLUSTERING, 12, 10_000, 1);

    /** The recipe of the paper. */
    public static final ClusteringRecipe PAPER =
            DEFAULT.withOptions(ClusteringOptions.DEFAULT).withStart(ClusterSearch.MIXTURE);

    public ClusteringRecipe {
        Rules.of(ClusteringRecipe.class).range("restarts", restarts).check();
    }

    /** The ways to find clusters among the codes of an autoencoder. */
    public enum ClusterSearch {
        /**
         * A mixture with full covariances by {@link Initialization#OVER_CLUSTERING}; the restart with the largest
         * mutual information of row and component is kept. The codes are then whitened.
         */
        OVER_CLUSTERING(CovarianceType.FULL, Initialization.OVER_CLUSTERING, true),
        /**
         * The search of Jiang et al. 2017: a diagonal mixture started by k-means; the likeliest restart is kept. Codes
         * are only whitened for the model with a classifier, whose components have the covariance I.
         */
        MIXTURE(CovarianceType.DIAGONAL, Initialization.K_MEANS_PARALLEL, false);

        private final CovarianceType covariance;
        private final Initialization initialization;
        private final boolean whitens;

        ClusterSearch(CovarianceType covariance, Initialization initialization, boolean whitens) {
            this.covariance = covariance;
            this.initialization = initialization;
            this.whitens = whitens;
        }

        CovarianceType covariance() {
            return covariance;
        }

        Initialization initialization() {
            return initialization;
        }

        /** Returns whether codes are whitened for all models. */
        boolean whitens() {
            return whitens;
        }

        @Override
        public String toString() {
            return Names.of(this);
        }
    }
}
