package io.github.sparklatent.vae.objective;

import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.linalg.LogSumExp;
import io.github.sparklatent.nn.Gradient;
import io.github.sparklatent.nn.Layer;
import io.github.sparklatent.vae.latent.CodeSamples;
import io.github.sparklatent.vae.latent.Posterior;
import io.github.sparklatent.vae.latent.PriorDensity.Codes;
import io.github.sparklatent.vae.latent.RowBatch;
import io.github.sparklatent.vae.model.Networks;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/**
 * The part of the divergence that depends on the class y, for codes z, and its gradient. A classifier computes q(y|z)
 * of a code. In the loss, the classes follow either the classifier's own q(y|z) or given targets g_y:
 *
 * <pre>
 *   own:      Σ_y q_y c_y,   c_y = log q_y − log p(y) N(z; m_y, diag s_y²),   q_y = q(y|z)
 *   targets:  Σ_y g_y (c_y − log q_y − weight log q_y)
 *   ∂/∂logit_k = h_k − q_k Σ_y h_y,  h the derivatives by log q
 *   ∂/∂z_j = Σ_y r_y (z_j − m_yj) / s_yj² plus what comes back through the classifier
 * </pre>
 *
 * K is the number of classes, and m_y and s_y², l numbers for each class, are the means and variances of the prior.
 * {@code weight} is the weight of the cross-entropy between g and q(y|z). h_y is the derivative with respect to log
 * q_y; r is q for the own form and g for the targets. All values are in nats. The divergence of a row is the mean over
 * its L codes, less the entropy of q(z|x).
 */
final class ClassTerm extends ComponentTerm {
    private final int components;
    private final Layer.Worker classifier;
    private final FMatrixRMaj logitGradient;
    private final DMatrixRMaj shares = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj costs = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj slopes = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj joint = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj ofTargets = new DMatrixRMaj(0, 0);
    private final double[] logarithms;
    private final double[] totals;
    private final float[] scale;
    private final float[] even;

    /** Σ_y q_y c_y of each code, and its sum over the codes of each row. */
    private final double[] costOfCode;

    private final double[] divergence;
    private DMatrixRMaj targetsOfRows;

    /**
     * Creates the buffers of one task.
     *
     * @param maxCodes largest number of codes that are decoded together
     * @param products matrix products, shared by the networks of the task
     */
    ClassTerm(
            Networks networks,
            ClusteringOptions options,
            SoftTargets.Worker targets,
            Posterior posterior,
            int maxCodes,
            FloatProducts products) {
        super(networks, options, targets, posterior);
        this.components = networks.prior().components();
        this.classifier = networks.auxiliary().worker(maxCodes, networks.auxiliaryOffset(), products);
        this.logitGradient = new FMatrixRMaj(maxCodes, components);
        this.logarithms = new double[components * maxCodes];
        this.totals = new double[maxCodes];
        this.scale = new float[maxCodes];
        this.even = new float[maxCodes];
        this.costOfCode = new double[maxCodes];
        this.divergence = new double[posterior.capacity()];
    }

    @Override
    public void begin(float[] values, FMatrixRMaj batch) {
        super.begin(values, batch);
        Arrays.fill(divergence, 0, posterior.rows(), 0);
    }

    @Override
    void drawn(RowBatch batch, CodeSamples samples) {
        targetsOfRows = targets(batch);
    }

    /** Classifies the codes: computes q(y|z) and c_y of each. */
    @Override
    public void decoded(CodeSamples samples) {
        FMatrixRMaj codes = samples.codes();
        shares(codes);
        prior.read(parameters);
        prior.compute(Codes.points(codes), joint);
        int n = codes.numRows;
        costs.reshape(components, n);
        Arrays.fill(costOfCode, 0, n, 0);
        for (int at = 0; at < components * n; at++) {
            logarithms[at] -= totals[at % n];
            costs.data[at] = logarithms[at] - joint.data[at];
            costOfCode[at % n] += shares.data[at] * costs.data[at];
        }
        for (int code = 0; code < n; code++) {
            divergence[code % posterior.rows()] += costOfCode[code] / options.samples();
        }
    }

    @Override
    public DMatrixRMaj shares(FMatrixRMaj z) {
        FMatrixRMaj logits = classifier.forward(parameters, z);
        int n = z.numRows;
        shares.reshape(components, n);
        for (int at = 0; at < components * n; at++) {
            shares.data[at] = logits.data[at % n * components + at / n];
            logarithms[at] = shares.data[at];
        }
        LogSumExp.normalizeColumns(shares, totals);
        return shares;
    }

    /** Returns q(y|z) of the codes that were decoded last, K × n, in a buffer. Not to be modified. */
    DMatrixRMaj shares() {
        return shares;
    }

    /** Returns c_y of these codes, K × n, in a buffer. Not to be modified. */
    DMatrixRMaj costs() {
        return costs;
    }

    /** Returns Σ_y q_y c_y of one of these codes (the own form), in nats. */
    double cost(int code) {
        return costOfCode[code];
    }

    @Override
    void backwardCodes(RowBatch batch, CodeSamples samples, FMatrixRMaj codeGradient, float[] gradient) {
        int n = batch.size();
        for (int at = 0; at < samples.count() * n; at++) {
            scale[at] = batch.shares()[at % n] / options.samples();
        }
        DMatrixRMaj responsibilities = shares;
        if (targetsOfRows != null) {
            responsibilities = spread(samples.count());
            weigh(-CROSS_ENTROPY, scale, responsibilities, slopes);
        } else {
            ownSlopes(batch, samples);
        }
        backward(samples, responsibilities, new Gradient(gradient, samples.first() > 0, null), codeGradient);
    }

    /**
     * Writes the derivatives of the bound and of the mutual information with respect to log q(y|z), K × number of
     * codes. Terms that are equal for all y of a code are left out, because they cancel.
     */
    private void ownSlopes(RowBatch batch, CodeSamples samples) {
        int n = shares.numCols;
        slopes.reshape(components, n);
        for (int at = 0; at < components * n; at++) {
            slopes.data[at] = scale[at % n] * shares.data[at] * costs.data[at];
        }
        if (options.information() > 0) {
            for (int at = 0; at < n; at++) {
                even[at] = batch.shares()[at % batch.size()] / samples.count();
            }
            double part = (double) samples.count() / options.samples();
            balance.addSlopes(options.information() * part, shares, logarithms, even, part * batch.size(), slopes);
        }
    }

    /**
     * Copies the targets g of each row to all of its codes that are decoded together.
     *
     * @param times number of these codes of each row
     */
    private DMatrixRMaj spread(int times) {
        int n = targetsOfRows.numCols;
        int m = times * n;
        ofTargets.reshape(components, m);
        for (int at = 0; at < components * m; at++) {
            ofTargets.data[at] = targetsOfRows.data[at / m * n + at % m % n];
        }
        return ofTargets;
    }

    /**
     * Propagates the slopes to the codes, the classifier and the prior.
     *
     * @param responsibilities r, K × n; each column has the sum 1. Not modified.
     * @param gradient derivatives with respect to all parameters; the classifier's part is changed
     * @param codeGradient derivatives with respect to the codes, n × l. Added to.
     */
    private void backward(
            CodeSamples samples, DMatrixRMaj responsibilities, Gradient gradient, FMatrixRMaj codeGradient) {
        int n = samples.codes().numRows;
        Arrays.fill(totals, 0, n, 0);
        for (int at = 0; at < components * n; at++) {
            totals[at % n] += slopes.data[at];
        }
        logitGradient.reshape(n, components);
        for (int at = 0; at < components * n; at++) {
            int i = at % n;
            logitGradient.data[i * components + at / n] = (float) (slopes.data[at] - shares.data[at] * totals[i]);
        }
        weigh(-1, scale, responsibilities, joint);
        prior.backward(Codes.points(samples.codes()), joint, codeGradient.data, 0, null);
        FMatrixRMaj back = classifier.backward(parameters, logitGradient, gradient, true);
        for (int at = 0; at < back.getNumElements(); at++) {
            codeGradient.data[at] += back.data[at];
        }
    }

    @Override
    void backwardHeads(RowBatch batch, CodeSamples samples, float[] gradient) {
        prior.clear(gradient);
        prior.addTo(gradient);
        posterior.addEntropy(batch.shares(), 1);
    }

    @Override
    public double divergence(int row) {
        return divergence[row] - posterior.entropy(row);
    }
}
