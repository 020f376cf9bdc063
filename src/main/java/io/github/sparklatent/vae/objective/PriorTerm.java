package io.github.sparklatent.vae.objective;

import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.vae.latent.CodeSamples;
import io.github.sparklatent.vae.latent.GaussianPosterior;
import io.github.sparklatent.vae.latent.LogMeanExp;
import io.github.sparklatent.vae.latent.Posterior;
import io.github.sparklatent.vae.latent.RowBatch;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.Networks;
import io.github.sparklatent.vae.model.PosteriorFamily;
import java.util.function.Supplier;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/**
 * The divergence of a posterior q(z|x) from a prior, as a part of −ELBO, with the other terms of the loss that depend
 * on the prior, and what scores need of the prior. Training and scoring use the same object. It belongs to a posterior
 * and holds the buffers of one task.
 */
public abstract class PriorTerm {
    private final VariationalOptions options;
    private double klWeight;
    float[] parameters;
    FMatrixRMaj rows;

    /** Creates a term. {@code options}: determine β, the weight of the divergence in the loss. */
    PriorTerm(VariationalOptions options) {
        this.options = options;
    }

    /**
     * Creates the term of a model that scores rows.
     *
     * @param posterior posterior of the model
     * @param samples L, number of samples of each row whose mean is the bound
     * @param maxRows largest number of rows of a batch
     * @param maxCodes largest number of codes that are decoded together
     */
    public static PriorTerm of(
            Kind kind,
            Networks networks,
            Posterior posterior,
            int samples,
            int maxRows,
            int maxCodes,
            FloatProducts products) {
        ClusteringOptions clustering = ClusteringOptions.DEFAULT.withSamples(samples);
        return switch (kind.prior()) {
            case CLASSES -> new ClassTerm(networks, clustering, null, posterior, maxCodes, products);
            case GAUSSIAN_MIXTURE ->
                kind.posterior() == PosteriorFamily.GAUSSIAN_MIXTURE
                        ? new StratifiedTerm(networks, VariationalOptions.DEFAULT.withSamples(samples), posterior)
                        : new MixtureTerm(networks, clustering, null, posterior, maxRows);
            case STANDARD_NORMAL, NONE -> new StandardNormalTerm(VariationalOptions.DEFAULT, posterior);
        };
    }

    /**
     * Starts a batch that the posterior has encoded.
     *
     * @param values parameters of all networks. Kept until the next batch, not modified.
     * @param batch n × d, rows with the conditions of the codes. Kept until the next batch, not modified.
     */
    public void begin(float[] values, FMatrixRMaj batch) {
        parameters = values;
        rows = batch;
    }

    /** Reads the samples of a batch of an objective, which are all drawn but not decoded. */
    void drawn(RowBatch batch, CodeSamples samples) {
        if (batch.isTraining()) {
            klWeight = options.betaAt(batch.position().epochs());
        }
    }

    /** Reads the samples that were decoded last. */
    public void decoded(CodeSamples samples) {}

    /** Adds the parts of samples to the divergences of their rows. All samples must have been decoded. */
    public void addDivergence(CodeSamples samples) {}

    /**
     * Adds the derivative with respect to the codes that were decoded last.
     *
     * @param codeGradient m n × l. Added to.
     * @param gradient derivatives with respect to all parameters; the parts of prior and classifier are changed
     */
    void backwardCodes(RowBatch batch, CodeSamples samples, FMatrixRMaj codeGradient, float[] gradient) {}

    /**
     * Adds the derivative with respect to the outputs of the posterior's heads, and completes the derivative with
     * respect to the prior's parameters. All samples must have been decoded.
     *
     * @param gradient derivatives with respect to all parameters; the prior's part is changed
     */
    abstract void backwardHeads(RowBatch batch, CodeSamples samples, float[] gradient);

    /** Returns β for the current batch of training. */
    final double klWeight() {
        return klWeight;
    }

    /** Returns β after any warm-up. */
    final double weight() {
        return options.beta();
    }

    /** Returns the divergence of a row, in nats, without the effect of options that only training uses. */
    public abstract double divergence(int row);

    /**
     * Replaces the responsibilities that the divergence depends on, if it depends on those of rows.
     *
     * @param responsibilities computes q(y|x), K × n
     */
    public void assign(Supplier<DMatrixRMaj> responsibilities) {}

    /** Returns p(y|z) of codes, or the model's q(y|z), K × n, columns of sum 1; a buffer. */
    public DMatrixRMaj shares(FMatrixRMaj z) {
        throw new IllegalStateException("the prior has no components");
    }

    /** Computes the densities of the samples that were decoded last, which {@link #logRatio} reads. */
    void measure(CodeSamples samples) {}

    /** Returns log r(z) − log p(z) of a sample of a row of the proposal r that it was drawn from. */
    abstract double logRatio(CodeSamples samples, int row, int sample);

    /**
     * Passes on α_k p(x_i, z_is) / r(z_is) of all samples, where r is the component, with the weight α_k, of the
     * proposal that they were drawn from. All samples must have been decoded.
     */
    public final void addImportance(CodeSamples samples, LogMeanExp weights) {
        measure(samples);
        int n = samples.proposal().rows();
        for (int row = 0; row < n; row++) {
            for (int s = 0; s < samples.samples(); s++) {
                double joint = samples.density(row, s) - logRatio(samples, row, s);
                weights.add(
                        row % samples.proposal().batch(),
                        s * n + row,
                        samples.proposal().logWeight(row) + joint);
            }
        }
    }

    /** The term β KL(q(z|x) || N(0, I)) of the loss, in nats, in closed form. */
    static final class StandardNormalTerm extends PriorTerm {
        private final GaussianPosterior posterior;

        StandardNormalTerm(VariationalOptions options, Posterior posterior) {
            super(options);
            this.posterior = (GaussianPosterior) posterior;
        }

        @Override
        void backwardHeads(RowBatch batch, CodeSamples samples, float[] gradient) {
            posterior.addDivergence(batch.shares(), klWeight());
        }

        @Override
        public double divergence(int row) {
            return posterior.divergence(row);
        }

        @Override
        double logRatio(CodeSamples samples, int row, int sample) {
            return samples.proposal().logRatio(row, sample);
        }
    }
}
