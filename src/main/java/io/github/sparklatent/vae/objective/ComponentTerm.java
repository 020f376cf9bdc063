package io.github.sparklatent.vae.objective;

import io.github.sparklatent.vae.latent.CodeSamples;
import io.github.sparklatent.vae.latent.GaussianPosterior;
import io.github.sparklatent.vae.latent.Posterior;
import io.github.sparklatent.vae.latent.PriorDensity;
import io.github.sparklatent.vae.model.Networks;

/** The term of a prior with components for a posterior that is one Gaussian for each row. */
abstract class ComponentTerm extends PriorTerm {
    final ClusteringOptions options;
    final SoftTargets.Term targets;
    final GaussianPosterior posterior;
    final PriorDensity prior;
    final ClusterBalance balance;
    private double[] logPrior = new double[0];

    ComponentTerm(Networks networks, ClusteringOptions options, SoftTargets.Term targets, Posterior posterior) {
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
}
