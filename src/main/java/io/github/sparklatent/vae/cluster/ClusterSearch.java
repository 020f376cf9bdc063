package io.github.sparklatent.vae.cluster;

import io.github.sparklatent.gmm.initialization.Initialization;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.training.Criterion;
import io.github.sparklatent.settings.Names;

/** The ways to find clusters among the codes of an autoencoder. */
public enum ClusterSearch {
    /**
     * A mixture with full covariances by {@link Initialization#OVER_CLUSTERING}; the restart with the largest mutual
     * information of row and component is kept. The codes are then whitened.
     */
    OVER_CLUSTERING(CovarianceType.FULL, Initialization.OVER_CLUSTERING, Criterion.MUTUAL_INFORMATION, true),
    /**
     * The search of Jiang et al. 2017: a diagonal mixture started by k-means; the restart with the best BIC is kept.
     * Codes are only whitened for the model with a classifier, whose components have the covariance I.
     */
    MIXTURE(CovarianceType.DIAGONAL, Initialization.K_MEANS_PARALLEL, Criterion.BIC, false);

    private final CovarianceType covariance;
    private final Initialization initialization;
    private final Criterion criterion;
    private final boolean whitens;

    ClusterSearch(CovarianceType covariance, Initialization initialization, Criterion criterion, boolean whitens) {
        this.covariance = covariance;
        this.initialization = initialization;
        this.criterion = criterion;
        this.whitens = whitens;
    }

    CovarianceType covariance() {
        return covariance;
    }

    Initialization initialization() {
        return initialization;
    }

    /** Returns the choice among restarts. */
    Criterion criterion() {
        return criterion;
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
