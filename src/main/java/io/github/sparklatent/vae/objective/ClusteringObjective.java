package io.github.sparklatent.vae.objective;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.nn.Gradient;
import io.github.sparklatent.vae.latent.ClassDivergence;
import io.github.sparklatent.vae.latent.CodeSamples;
import io.github.sparklatent.vae.latent.Corruption;
import io.github.sparklatent.vae.latent.GaussianPosterior;
import io.github.sparklatent.vae.latent.MixtureDivergence;
import io.github.sparklatent.vae.latent.RowBatch;
import io.github.sparklatent.vae.latent.SampledResponsibilities;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.Networks;
import io.github.sparklatent.vae.model.PriorFamily;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/**
 * The loss of a variational autoencoder that clusters rows: minus a lower bound of log p(x) where y
 * is a row's component, q(z|x) = N(μ, diag σ²), and the decoder gives p(x|z). The prior decides the
 * rest of the model.
 *
 * <p>Variational deep embedding (Jiang, Zheng, Tan, Tang and Zhou, Variational Deep Embedding,
 * IJCAI 2017) has y ~ π and z|y ~ N(m_y, diag s_y²), and γ = q(y|x) = E_q[p(y|z)], see {@link
 * SampledResponsibilities}:
 *
 * <pre>
 *   −ELBO = E_q[−log p(x|z)] + Σ_y γ_y KL(q(z|x) || p(z|y)) + KL(γ || π)
 *   KL(q(z|x) || p(z|y)) = ½ Σ_j (log s_yj² − log σ_j² + (σ_j² + (μ_j − m_yj)²) / s_yj² − 1)
 * </pre>
 *
 * The divergences are in closed form. The first term and γ are means over L samples of z, and the
 * gradient goes through both.
 *
 * <p>The form with a classifier has a uniform p(y) and z|y ~ N(m_y, I), and a small network
 * computes q(y|z):
 *
 * <pre>
 *   −ELBO = E_q[−log p(x|z) + Σ_y q(y|z) (log q(z|x) − log p(z|y)) + KL(q(y|z) || uniform)]
 * </pre>
 *
 * The expectation is the mean over L samples of z, except that of log q(z|x), which is minus the
 * entropy of q.
 *
 * <p>Training subtracts the mutual information of a batch's rows (or codes) and components, times
 * its weight ({@link ClusterBalance}; Krause, Perona and Gomes, Discriminative clustering by
 * regularized information maximization, NIPS 2010). The bound alone allows components that
 * coincide; where they do, q(y|z) and the m_y are equal for all y and training does not leave that
 * point.
 *
 * <p>With soft targets g of the rows, the sums over y are under g in place of γ or q(y|z), which
 * follow g by the cross-entropy −weight Σ_y g_y log γ_y.
 *
 * <p>The measures are −ELBO and its parts at the model's own responsibilities, without the mutual
 * information.
 *
 * <p>Memory of a worker: that of {@link VariationalObjective}, and (L + 4) K numbers of 8 bytes for
 * each row of a batch, or, with a classifier, for each code that is decoded together 5 K numbers of
 * 8 bytes and two to three times the widths of the classifier's layers.
 */
public final class ClusteringObjective extends NetworkObjective {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final ClusteringOptions options;
    private final SoftTargets targets;
    private final double crossEntropy;

    /**
     * Creates the loss of a model that follows no targets.
     *
     * @param kind {@link Kind#EMBEDDING} or {@link Kind#CLASSIFYING}
     * @throws IllegalArgumentException if a classifier has fewer than two classes, if there are
     *     shares but not one of each component, or if rows are binarized under another likelihood
     *     than bernoulli
     */
    public ClusteringObjective(Kind kind, Architecture architecture, ClusteringOptions options) {
        this(kind, architecture, options, null, 0);
    }

    /**
     * Creates the loss of a model that follows targets.
     *
     * @param targets g; null if the model follows none
     * @param crossEntropy weight of the cross-entropy of the model's responsibilities against g
     */
    public ClusteringObjective(
            Kind kind,
            Architecture architecture,
            ClusteringOptions options,
            SoftTargets targets,
            double crossEntropy) {
        super(kind, architecture, options.binarize(), Corruption.NONE, BOUND);
        if (kind.prior() == PriorFamily.CLASSES) {
            architecture.requireComponents(kind);
        }
        Require.that(
                crossEntropy >= 0 && crossEntropy < Double.POSITIVE_INFINITY,
                "the weight of the cross-entropy is %s, expected a finite number not below 0",
                crossEntropy);
        ClusterBalance.requireShares(options.shares(), architecture.components());
        this.kind = kind;
        this.options = options;
        this.targets = targets;
        this.crossEntropy = crossEntropy;
    }

    /**
     * Returns whether the loss of held-out rows is what training lowers: not if targets or the
     * mutual information are part of it.
     */
    @Override
    public boolean isComparable() {
        return targets == null && options.information() == 0;
    }

    @Override
    Step step(int maxRows) {
        int count = options.samples();
        GaussianStep.Codes codes = GaussianStep.Codes.of(networks(), maxRows, count);
        SoftTargets.Term target =
                new SoftTargets.Term(
                        targets == null ? null : targets.worker(maxRows), crossEntropy);
        PriorTerm term =
                kind.prior() == PriorFamily.CLASSES
                        ? new ClassTerm(networks(), options, target, maxRows, codes)
                        : new MixtureTerm(networks(), options, target, maxRows);
        return new GaussianStep(
                codes.posterior(),
                codes.samples(),
                count,
                term,
                new Estimator.Reparameterized(term, maxRows, count));
    }

    /** The prior's term of variational deep embedding. */
    static final class MixtureTerm implements PriorTerm {
        private final ClusteringOptions options;
        private final SoftTargets.Term targets;
        private final int priorFrom;
        private final int priorTo;
        private final MixtureDivergence divergence;
        private final ClusterBalance balance;
        private final DMatrixRMaj targetSlopes = new DMatrixRMaj(0, 0);
        private DMatrixRMaj responsibilities;
        private DMatrixRMaj byLogarithm;

        MixtureTerm(
                Networks networks,
                ClusteringOptions options,
                SoftTargets.Term targets,
                int maxRows) {
            this.options = options;
            this.targets = targets;
            this.priorFrom = networks.priorOffset();
            this.priorTo = networks.auxiliaryOffset();
            this.divergence = new MixtureDivergence(networks, maxRows, options.samples());
            this.balance = new ClusterBalance(options.shares(), networks.prior().components());
        }

        @Override
        public void begin(RowBatch batch, GaussianPosterior posterior, CodeSamples samples) {
            divergence.compute(batch.parameters(), posterior, samples);
            if (!batch.isTraining()) {
                return;
            }
            if (targets.isPresent()) {
                responsibilities = targets.worker().responsibilities(batch.rows());
                targets.slopes(batch.shares(), responsibilities, targetSlopes);
                byLogarithm = targetSlopes;
                return;
            }
            responsibilities = divergence.own();
            byLogarithm = divergence.slopes(batch.shares());
            if (options.information() > 0) {
                balance.addSlopes(
                        options.information(),
                        responsibilities,
                        divergence.logarithms(),
                        batch.shares(),
                        byLogarithm);
            }
        }

        @Override
        public void backwardCodes(
                RowBatch batch, CodeSamples samples, FMatrixRMaj codeGradient, float[] gradient) {
            divergence.backwardCodes(byLogarithm, samples, codeGradient);
        }

        @Override
        public void backwardHeads(RowBatch batch, GaussianPosterior posterior, float[] gradient) {
            Arrays.fill(gradient, priorFrom, priorTo, 0f);
            divergence.backwardExpected(responsibilities, batch.shares(), gradient);
        }

        @Override
        public double divergence(int row) {
            return divergence.divergence(row);
        }

        /** Returns what the last batch was measured by. */
        MixtureDivergence divergence() {
            return divergence;
        }
    }

    /** The prior's term of the form with a classifier. */
    static final class ClassTerm implements PriorTerm {
        private final ClusteringOptions options;
        private final SoftTargets.Term targets;
        private final ClassDivergence classes;
        private final ClusterBalance balance;
        private final DMatrixRMaj responsibilities = new DMatrixRMaj(0, 0);
        private final DMatrixRMaj targetSlopes = new DMatrixRMaj(0, 0);
        private final float[] scale;
        private final float[] even;
        private final double[] divergence;
        private GaussianPosterior posterior;
        private DMatrixRMaj ofRows;

        ClassTerm(
                Networks networks,
                ClusteringOptions options,
                SoftTargets.Term targets,
                int maxRows,
                GaussianStep.Codes codes) {
            int together = codes.samples().together() * maxRows;
            this.options = options;
            this.targets = targets;
            this.classes = new ClassDivergence(networks, together, codes.products());
            this.balance = new ClusterBalance(options.shares(), networks.prior().components());
            this.scale = new float[together];
            this.even = new float[together];
            this.divergence = new double[maxRows];
        }

        @Override
        public void begin(RowBatch batch, GaussianPosterior encoded, CodeSamples samples) {
            posterior = encoded;
            Arrays.fill(divergence, 0, batch.size(), 0);
            if (batch.isTraining() && targets.isPresent()) {
                ofRows = targets.worker().responsibilities(batch.rows());
            }
        }

        @Override
        public void decoded(RowBatch batch, CodeSamples samples) {
            classes.classify(batch.parameters(), samples.codes());
            for (int code = 0; code < samples.codes().numRows; code++) {
                divergence[code % batch.size()] += classes.divergence(code) / options.samples();
            }
        }

        @Override
        public void backwardCodes(
                RowBatch batch, CodeSamples samples, FMatrixRMaj codeGradient, float[] gradient) {
            int n = batch.size();
            for (int at = 0; at < samples.count() * n; at++) {
                scale[at] = batch.shares()[at % n] / options.samples();
            }
            DMatrixRMaj weights = classes.shares();
            DMatrixRMaj slopes = targetSlopes;
            if (targets.isPresent()) {
                spread(samples.count());
                weights = responsibilities;
                targets.slopes(scale, responsibilities, targetSlopes);
            } else {
                slopes = ownSlopes(batch, samples);
            }
            Gradient to = new Gradient(gradient, samples.first() > 0);
            classes.backward(batch.parameters(), scale, weights, slopes, to, codeGradient);
        }

        /** Returns the derivatives by log q(y|z) of bound and mutual information. */
        private DMatrixRMaj ownSlopes(RowBatch batch, CodeSamples samples) {
            DMatrixRMaj slopes = classes.slopes(scale);
            if (options.information() > 0) {
                for (int at = 0; at < slopes.numCols; at++) {
                    even[at] = batch.shares()[at % batch.size()] / samples.count();
                }
                double weight = options.information() * samples.count() / options.samples();
                balance.addSlopes(weight, classes.shares(), classes.logarithms(), even, slopes);
            }
            return slopes;
        }

        /** Repeats a row's targets for each of its codes that are decoded together. */
        private void spread(int times) {
            int n = ofRows.numCols;
            int m = times * n;
            responsibilities.reshape(ofRows.numRows, m);
            for (int at = 0; at < ofRows.numRows * m; at++) {
                responsibilities.data[at] = ofRows.data[at / m * n + at % m % n];
            }
        }

        @Override
        public void backwardHeads(RowBatch batch, GaussianPosterior encoded, float[] gradient) {
            classes.writeMeans(gradient);
            encoded.addEntropy(batch.shares());
        }

        @Override
        public double divergence(int row) {
            return divergence[row] - posterior.entropy(row);
        }

        /** Returns the classes of the codes that were decoded last. */
        ClassDivergence classes() {
            return classes;
        }
    }
}
