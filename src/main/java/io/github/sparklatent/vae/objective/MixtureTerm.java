package io.github.sparklatent.vae.objective;

import io.github.sparklatent.linalg.DoubleFunctions;
import io.github.sparklatent.linalg.FloatFunctions;
import io.github.sparklatent.linalg.LogSumExp;
import io.github.sparklatent.vae.latent.CodeSamples;
import io.github.sparklatent.vae.latent.Posterior;
import io.github.sparklatent.vae.latent.PriorDensity;
import io.github.sparklatent.vae.latent.RowBatch;
import io.github.sparklatent.vae.model.Networks;
import java.util.Arrays;
import java.util.function.Supplier;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/**
 * The divergence of Gaussian posteriors from a mixture prior under responsibilities γ, Σ_y γ_y KL(q(z|x) || p(z|y)) +
 * KL(γ || π), and its gradient, for variational deep embedding. The divergence is computed as
 *
 * <pre>
 *   Σ_y γ_y (log γ_y − a_y) − ½ Σ_j (1 + log 2π + log σ_j²)
 * </pre>
 *
 * where a_y is the mean of log π_y p(z|y) over q(z|x), computed by {@link PriorDensity}, and σ_j² is the variance of
 * q(z|x) in latent dimension j. n is the number of rows of a batch.
 *
 * <p>γ = q(y|x) = E_q[p(y|z)] has no closed form; in training it is the mean of p(y|z) over the L samples of z that the
 * bound uses too (Jiang et al. 2017, eq. 16). −ELBO is a bound of −log p(x) for any γ, so the error of the mean only
 * loosens it.
 */
final class MixtureTerm extends ComponentTerm {
    private final int latent;

    /** a of the batch, K × n; without columns before it is needed, as responsibilities alone do not need it. */
    private final DMatrixRMaj expected = new DMatrixRMaj(0, 0);

    /** The derivatives of the loss by log γ, K × n. */
    private final DMatrixRMaj slopes = new DMatrixRMaj(0, 0);

    private final DMatrixRMaj ofSample = new DMatrixRMaj(0, 0);

    /** p(y|z) of the samples, each K × n. */
    private final DMatrixRMaj[] each;

    private final double[] totals;
    private final float[] codes;
    private final float[] variance;
    private final float[] meanGradient;
    private final float[] varianceGradient;

    /** The model's own γ, K × n, and log γ, which is −∞ where γ is 0. */
    private final DMatrixRMaj own = new DMatrixRMaj(0, 0);

    private final double[] logarithms;

    /** The responsibilities in the loss, K × n. */
    private DMatrixRMaj responsibilities;

    /** Creates the buffers of one task. {@code maxRows}: largest number of rows of a batch. */
    MixtureTerm(
            Networks networks,
            ClusteringOptions options,
            SoftTargets.Worker targets,
            Posterior posterior,
            int maxRows) {
        super(networks, options, targets, posterior);
        this.latent = networks.latent();
        this.each = new DMatrixRMaj[options.samples()];
        Arrays.setAll(each, s -> new DMatrixRMaj(0, 0));
        this.totals = new double[maxRows];
        this.codes = new float[maxRows * latent];
        this.logarithms = new double[networks.prior().components() * maxRows];
        this.variance = new float[maxRows * latent];
        this.meanGradient = new float[maxRows * latent];
        this.varianceGradient = new float[maxRows * latent];
    }

    @Override
    public void begin(float[] values, FMatrixRMaj batch) {
        super.begin(values, batch);
        prior.read(values);
        FloatFunctions.exp(posterior.logVariance(), 0, variance, 0, posterior.rows() * latent);
        expected.reshape(0, 0);
    }

    private DMatrixRMaj expected() {
        if (expected.numCols == 0) {
            prior.compute(posteriors(), expected);
        }
        return expected;
    }

    private PriorDensity.Codes posteriors() {
        return new PriorDensity.Codes(posterior.mean(), 0, variance, posterior.rows());
    }

    /** Computes the model's own responsibilities, and in training those of the loss. */
    @Override
    void drawn(RowBatch batch, CodeSamples samples) {
        int count = samples.samples();
        for (int s = 0; s < count; s++) {
            prior.compute(codes(s), each[s]);
            LogSumExp.normalizeColumns(each[s], totals);
        }
        own.reshape(each[0].numRows, each[0].numCols);
        own.zero();
        for (int s = 0; s < count; s++) {
            for (int at = 0; at < own.getNumElements(); at++) {
                own.data[at] += each[s].data[at] / count;
            }
        }
        DoubleFunctions.log(own.data, 0, logarithms, 0, own.getNumElements());
        responsibilities = targets(batch);
        if (responsibilities != null) {
            weigh(-CROSS_ENTROPY, batch.shares(), responsibilities, slopes);
        } else if (batch.isTraining()) {
            responsibilities = own;
            ownSlopes(batch.shares());
            if (options.information() > 0) {
                balance.addSlopes(options.information(), own, logarithms, batch.shares(), batch.size(), slopes);
            }
        }
    }

    private PriorDensity.Codes codes(int sample) {
        for (int at = 0; at < posterior.rows() * latent; at++) {
            codes[at] = (float) posterior.code(at / latent, sample, at % latent);
        }
        return new PriorDensity.Codes(codes, 0, null, posterior.rows());
    }

    /**
     * Writes w_i γ_ki (log γ_ki − a_ki): the derivatives of Σ_i w_i divergence_i with respect to log γ_ki. Terms that
     * are equal for all k of a row are left out, because they cancel.
     *
     * @param weights w, n numbers: the weight of each row as a share of the batch's total
     */
    private void ownSlopes(float[] weights) {
        slopes.reshape(own.numRows, own.numCols);
        double[] a = expected().data;
        for (int at = 0; at < own.getNumElements(); at++) {
            double share = own.data[at];
            double weight = weights[at % own.numCols];
            slopes.data[at] = share > 0 ? weight * share * (logarithms[at] - a[at]) : 0;
        }
    }

    @Override
    public void assign(Supplier<DMatrixRMaj> computed) {
        own.setTo(computed.get());
        for (int at = 0; at < own.getNumElements(); at++) {
            logarithms[at] = StrictMath.log(own.data[at]);
        }
    }

    @Override
    public DMatrixRMaj shares(FMatrixRMaj z) {
        prior.logDensity(parameters, z, null, totals, 0);
        return prior.responsibilities();
    }

    /** Returns the model's own responsibilities γ, K × n, in a buffer. Not to be modified. */
    DMatrixRMaj own() {
        return own;
    }

    /** Returns Σ_y γ_y KL(q(z|x) || p(z|y)) + KL(γ || π) of a row, in nats. */
    @Override
    public double divergence(int row) {
        double sum = divergence(row, own);
        for (int at = row; at < own.getNumElements(); at += own.numCols) {
            sum += own.data[at] > 0 ? own.data[at] * logarithms[at] : 0;
        }
        return sum;
    }

    /**
     * Returns Σ_y g_y (KL(q(z|x) || p(z|y)) − log π_y) of a row, in nats.
     *
     * @param given g, K × n, columns of sum 1. Not modified.
     */
    double divergence(int row, DMatrixRMaj given) {
        double sum = -posterior.entropy(row);
        DMatrixRMaj a = expected();
        for (int at = row; at < a.getNumElements(); at += a.numCols) {
            sum -= given.data[at] * a.data[at];
        }
        return sum;
    }

    /**
     * Propagates derivatives by log γ to the codes that were decoded last. With h_k the derivative by log γ_k and r_k =
     * p(k|z_s), the derivative by log π_k N(z_s; m_k, s_k²) is
     *
     * <pre>
     *   h_k ρ_k − r_k Σ_c h_c ρ_c,   ρ_k = r_k / (L γ_k), the sample's part of γ_k
     * </pre>
     */
    @Override
    void backwardCodes(RowBatch batch, CodeSamples samples, FMatrixRMaj codeGradient, float[] gradient) {
        int n = own.numCols;
        for (int place = 0; place < samples.count(); place++) {
            int sample = samples.first() + place;
            ofSample.reshape(own.numRows, n);
            Arrays.fill(totals, 0, n, 0);
            for (int at = 0; at < own.getNumElements(); at++) {
                double whole = samples.samples() * own.data[at];
                // If γ underflows to 0, all samples have equal parts of it.
                double part = whole > 0 ? each[sample].data[at] / whole : 1.0 / samples.samples();
                ofSample.data[at] = slopes.data[at] * part;
                totals[at % n] += ofSample.data[at];
            }
            for (int at = 0; at < own.getNumElements(); at++) {
                ofSample.data[at] -= each[sample].data[at] * totals[at % n];
            }
            int from = place * n * latent;
            var all = new PriorDensity.Codes(samples.codes().data, from, null, n);
            prior.backward(all, ofSample, codeGradient.data, from, null);
        }
    }

    /**
     * Adds the derivatives of −Σ_i w_i (Σ_k g_ki a_ki + ½ Σ_j log σ_ij²) with respect to the posterior's heads and the
     * prior's parameters. g are the responsibilities in the loss, w_i is the weight of a row as a share of the batch's
     * total.
     */
    @Override
    void backwardHeads(RowBatch batch, CodeSamples samples, float[] gradient) {
        prior.clear(gradient);
        int n = own.numCols;
        weigh(-1, batch.shares(), responsibilities, slopes);
        Arrays.fill(meanGradient, 0, n * latent, 0f);
        Arrays.fill(varianceGradient, 0, n * latent, 0f);
        prior.backward(posteriors(), slopes, meanGradient, 0, varianceGradient);
        float[] heads = posterior.headGradient().data;
        for (int at = 0; at < n * latent; at++) {
            int i = at / latent;
            int head = 2 * i * latent + at % latent;
            heads[head] += meanGradient[at];
            heads[head + latent] += varianceGradient[at] * variance[at] - 0.5f * batch.shares()[i];
        }
        prior.addTo(gradient);
    }
}
