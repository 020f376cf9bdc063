package io.github.sparklatent.vae.objective;

import io.github.sparklatent.vae.latent.Corruption;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.PriorFamily;

/**
 * The loss of a variational autoencoder that clusters rows: minus a lower bound of log p(x), in nats. y is a row's
 * component, q(z|x) = N(μ, diag σ²), and the decoder gives p(x|z). The rest of the model depends on the prior, which
 * has one of two forms.
 *
 * <p>Variational deep embedding (Jiang, Zheng, Tan, Tang and Zhou, Variational Deep Embedding, IJCAI 2017) has y ~ π
 * and z|y ~ N(m_y, diag s_y²), and γ = q(y|x) = E_q[p(y|z)], see {@link MixtureTerm}:
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
 * cross-entropy −10 Σ_y g_y log γ_y (or log q(y|z)), so that γ or q(y|z) approaches g.
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

    /**
     * Creates the loss of a model without soft targets.
     *
     * @param kind {@link Kind#EMBEDDING} or {@link Kind#CLASSIFYING}
     */
    public ClusteringObjective(Kind kind, Architecture architecture, ClusteringOptions options) {
        this(kind, architecture, options, null);
    }

    /**
     * Creates the loss of a model whose responsibilities are trained towards soft targets.
     *
     * @param targets the soft targets g; null if there are none
     */
    public ClusteringObjective(Kind kind, Architecture architecture, ClusteringOptions options, SoftTargets targets) {
        super(kind, architecture, options.binarize(), Corruption.NONE, BOUND);
        this.kind = kind;
        this.options = options;
        this.targets = targets;
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
        BoundStep.Codes codes = BoundStep.Codes.of(kind, networks(), maxRows, options.samples());
        SoftTargets.Worker target = targets == null ? null : targets.worker(maxRows);
        int together = codes.samples().together() * maxRows;
        PriorTerm term = kind.prior() == PriorFamily.CLASSES
                ? new ClassTerm(networks(), options, target, codes.posterior(), together, codes.products())
                : new MixtureTerm(networks(), options, target, codes.posterior(), maxRows);
        return new BoundStep(codes, term, BoundStage.JOINT);
    }
}
