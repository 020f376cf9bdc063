package io.github.sparklatent.vae;

import io.github.sparklatent.gmm.CovarianceType;
import io.github.sparklatent.gmm.Criterion;
import io.github.sparklatent.gmm.Initialization;
import java.util.Locale;

/** How the clusters of variational deep embedding are found among the codes of an autoencoder. */
public enum EmbeddingStart {
    /**
     * A mixture of full covariances by {@link Initialization#OVER_CLUSTERING}, of the restarts the
     * one of greatest mutual information; its codes are then whitened.
     */
    OVER_CLUSTERING(
            CovarianceType.FULL,
            Initialization.OVER_CLUSTERING,
            Criterion.MUTUAL_INFORMATION,
            true),
    /**
     * As Jiang et al. 2017 have it: a diagonal mixture started by k-means, of the restarts the
     * likeliest; codes stay as they are, but for a classifying variational autoencoder, whose
     * components have the covariance I: for that they are whitened too.
     */
    MIXTURE(CovarianceType.DIAGONAL, Initialization.K_MEANS_PARALLEL, Criterion.BIC, false);

    private final CovarianceType covariance;
    private final Initialization initialization;
    private final Criterion criterion;
    private final boolean whitens;

    EmbeddingStart(
            CovarianceType covariance,
            Initialization initialization,
            Criterion criterion,
            boolean whitens) {
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

    Criterion criterion() {
        return criterion;
    }

    /** Whether the codes get a pooled covariance of I within the clusters, whatever they start. */
    boolean whitens() {
        return whitens;
    }

    /** The name as a person writes it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
