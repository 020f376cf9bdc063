package io.github.sparklatent.vae.objective;

import io.github.sparklatent.vae.latent.CodeSamples;
import io.github.sparklatent.vae.latent.GaussianPosterior;
import io.github.sparklatent.vae.latent.Posterior;
import io.github.sparklatent.vae.latent.PriorDensity;
import io.github.sparklatent.vae.latent.RowBatch;
import io.github.sparklatent.vae.model.Networks;
import org.ejml.data.DMatrixRMaj;

/** The term of a prior with components for a posterior that is one Gaussian for each row. */
abstract class ComponentTerm extends PriorTerm {
    /** Weight of the cross-entropy −Σ_y g_y log γ_y, where γ are the model's responsibilities. */
    static final double CROSS_ENTROPY = 10;

    final ClusteringOptions options;

    /** Computes the soft targets g; null if there are none. */
    private final SoftTargets.Worker targets;

    final GaussianPosterior posterior;
    final PriorDensity prior;
    final ClusterBalance balance;
    private double[] logPrior = new double[0];

    ComponentTerm(Networks networks, ClusteringOptions options, SoftTargets.Worker targets, Posterior posterior) {
        super(VariationalOptions.DEFAULT);
        this.options = options;
        this.targets = targets;
        this.posterior = (GaussianPosterior) posterior;
        this.prior = new PriorDensity(networks);
        this.balance = new ClusterBalance(networks.prior().components());
    }

    @Override
    final void measure(CodeSamples samples) {
        logPrior = logPrior.length < samples.codes().numRows ? new double[samples.codes().numRows] : logPrior;
        prior.logDensity(parameters, samples.codes(), null, logPrior, 0);
    }

    @Override
    final double logRatio(CodeSamples samples, int row, int sample) {
        return posterior.logDensity(row, sample) - logPrior[sample * posterior.rows() + row];
    }

    /** Returns the targets g of a batch of training, K × n, in a buffer; null if there are none. */
    final DMatrixRMaj targets(RowBatch batch) {
        return targets == null || !batch.isTraining() ? null : targets.responsibilities(batch.rows());
    }

    /**
     * Writes factor w_i a_ki.
     *
     * @param weights w, n numbers; the array may be longer
     * @param a K × n. Not modified.
     * @param to K × n on return
     */
    static void weigh(double factor, float[] weights, DMatrixRMaj a, DMatrixRMaj to) {
        to.reshape(a.numRows, a.numCols);
        for (int at = 0; at < a.getNumElements(); at++) {
            to.data[at] = factor * weights[at % a.numCols] * a.data[at];
        }
    }
}
