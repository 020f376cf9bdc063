package io.github.sparklatent.vae.objective;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.nn.Gradient;
import io.github.sparklatent.vae.latent.ClassDivergence;
import io.github.sparklatent.vae.latent.CodeSamples;
import io.github.sparklatent.vae.latent.Corruption;
import io.github.sparklatent.vae.latent.GaussianPosterior;
import io.github.sparklatent.vae.latent.MixtureDivergence;
import io.github.sparklatent.vae.latent.RowBatch;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.Networks;
import io.github.sparklatent.vae.model.PriorFamily;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/**
 * The loss of a variational autoencoder that clusters rows: minus a lower bound of log p(x), in nats. y is a row's
 * component, q(z|x) = N(μ, diag σ²), and the decoder gives p(x|z). The rest of the model depends on the prior, which
 * has one of two forms.
 *
 * <p>Variational deep embedding (Jiang, Zheng, Tan, Tang and Zhou, Variational Deep Embedding, IJCAI 2017) has y ~ π
 * and z|y ~ N(m_y, diag s_y²), and γ = q(y|x) = E_q[p(y|z)], see {@link MixtureDivergence}:
 *
 * <pre>
 *   −ELBO = E_q[−log p(x|z)] + Σ_y γ_y KL(q(z|x) || p(z|y)) + KL(γ || π)
 *   KL(q(z|x) || p(z|y)) = ½ Σ_j (log s_yj² − log σ_j² + (σ_j² + (μ_j − m_yj)²) / s_yj² − 1)
 * </pre>
 *
 * The divergences are computed in closed form. The first term and γ are means over L samples of z; gradients are
 * propagated through both.
 *
 * <p>The form with a classifier has a uniform p(y) and z|y ~ N(m_y, diag s_y²), and a small network computes q(y|z):
 *
 * <pre>
 *   −ELBO = E_q[−log p(x|z) + Σ_y q(y|z) (log q(z|x) − log p(z|y)) + KL(q(y|z) || uniform)]
 * </pre>
 *
 * The expectation is the mean over L samples of z, except for the expectation of log q(z|x), which is minus the entropy
 * of q.
 *
 * <p>In training, the loss is lowered by the mutual information between rows (or codes) and components, times the
 * option {@code information} ({@link ClusterBalance}; Krause, Perona and Gomes, Discriminative clustering by
 * regularized information maximization, NIPS 2010). The bound alone allows components that coincide. Then q(y|z) and
 * p(z|y) are equal for all y, and training does not leave this point.
 *
 * <p>If the rows have soft targets g, the sums over y use g in place of γ or q(y|z). The loss then also has the
 * cross-entropy −weight Σ_y g_y log γ_y (or log q(y|z)), so that γ or q(y|z) approaches g.
 *
 * <p>The measures are −ELBO and its parts, in nats, computed with the model's own responsibilities and without the
 * mutual information.
 *
 * <p>Memory of a worker: that of {@link VariationalObjective}, and (L + 4) K numbers of 8 bytes for each row of a
 * batch. With a classifier, it is instead 5 K numbers of 8 bytes for each of the codes that are decoded together, and
 * for each of these codes two to three times as many floats as the classifier's layers have outputs.
 */
public final class ClusteringObjective extends NetworkObjective {
    private final Kind kind;
    private final ClusteringOptions options;
    private final SoftTargets targets;
    private final double crossEntropy;

    /**
     * Creates the loss of a model without soft targets.
     *
     * @param kind {@link Kind#EMBEDDING} or {@link Kind#CLASSIFYING}
     * @throws IllegalArgumentException if a classifier has fewer than two classes
     */
    public ClusteringObjective(Kind kind, Architecture architecture, ClusteringOptions options) {
        this(kind, architecture, options, null, 0);
    }

    /**
     * Creates the loss of a model whose responsibilities are trained towards soft targets.
     *
     * @param targets the soft targets g; null if there are none
     * @param crossEntropy weight of the cross-entropy −Σ_y g_y log γ_y, where γ are the model's responsibilities; not
     *     used without targets
     */
    public ClusteringObjective(
            Kind kind, Architecture architecture, ClusteringOptions options, SoftTargets targets, double crossEntropy) {
        super(kind, architecture, options.binarize(), Corruption.NONE, BOUND);
        if (kind.prior() == PriorFamily.CLASSES) {
            architecture.requireComponents(kind);
        }
        Require.that(
                crossEntropy >= 0 && crossEntropy < Double.POSITIVE_INFINITY,
                "the weight of the cross-entropy is %s, expected a finite number not below 0",
                crossEntropy);
        this.kind = kind;
        this.options = options;
        this.targets = targets;
        this.crossEntropy = crossEntropy;
    }

    /**
     * Returns whether training lowers the same loss that is computed for held-out rows. This is not so if soft targets
     * or the mutual information are part of the loss of training.
     */
    @Override
    public boolean isComparable() {
        return targets == null && options.information() == 0;
    }

    @Override
    Step step(int maxRows) {
        int count = options.samples();
        GaussianStep.Codes codes = GaussianStep.Codes.of(networks(), maxRows, count);
        SoftTargets.Term target = new SoftTargets.Term(targets == null ? null : targets.worker(maxRows), crossEntropy);
        PriorTerm term = kind.prior() == PriorFamily.CLASSES
                ? new ClassTerm(networks(), options, target, maxRows, codes)
                : new MixtureTerm(networks(), options, target, maxRows);
        BoundStage stage = BoundStage.JOINT;
        Estimator estimator = new Estimator.Reparameterized(term, stage, maxRows, count);
        return new GaussianStep(codes.posterior(), codes.samples(), count, term, estimator, stage);
    }

    /** The part of the loss that comes from the prior, for variational deep embedding. */
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

        MixtureTerm(Networks networks, ClusteringOptions options, SoftTargets.Term targets, int maxRows) {
            this.options = options;
            this.targets = targets;
            this.priorFrom = networks.priorOffset();
            this.priorTo = networks.auxiliaryOffset();
            this.divergence = new MixtureDivergence(networks, maxRows, options.samples());
            this.balance = new ClusterBalance(networks.prior().components());
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
                        batch.size(),
                        byLogarithm);
            }
        }

        @Override
        public void backwardCodes(RowBatch batch, CodeSamples samples, FMatrixRMaj codeGradient, float[] gradient) {
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

        /** Returns the object that holds the divergences of the last batch. */
        MixtureDivergence divergence() {
            return divergence;
        }
    }

    /** The part of the loss that comes from the prior, for the form with a classifier. */
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
            this.balance = new ClusterBalance(networks.prior().components());
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
        public void backwardCodes(RowBatch batch, CodeSamples samples, FMatrixRMaj codeGradient, float[] gradient) {
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

        /**
         * Returns the derivatives of the bound and of the mutual information with respect to log q(y|z), K × number of
         * codes.
         */
        private DMatrixRMaj ownSlopes(RowBatch batch, CodeSamples samples) {
            DMatrixRMaj slopes = classes.slopes(scale);
            if (options.information() > 0) {
                for (int at = 0; at < slopes.numCols; at++) {
                    even[at] = batch.shares()[at % batch.size()] / samples.count();
                }
                double part = (double) samples.count() / options.samples();
                balance.addSlopes(
                        options.information() * part,
                        classes.shares(),
                        classes.logarithms(),
                        even,
                        part * batch.size(),
                        slopes);
            }
            return slopes;
        }

        /**
         * Copies the targets g of each row to all of its codes that are decoded together.
         *
         * @param times number of these codes of each row
         */
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
            classes.writePrior(gradient);
            encoded.addEntropy(batch.shares(), 1);
        }

        @Override
        public double divergence(int row) {
            return divergence[row] - posterior.entropy(row);
        }

        /** Returns the object that holds the classes of the codes that were decoded last. */
        ClassDivergence classes() {
            return classes;
        }
    }
}
