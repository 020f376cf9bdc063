package io.github.sparklatent.vae;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.StochasticObjective;
import java.util.List;

/**
 * The loss of a variational autoencoder whose latent variables are a code z and a class y: minus a
 * lower bound of log p(x) where y is uniform over K classes, z|y ~ N(m_y, I) and x|z is the
 * decoder's, with q(z|x) = N(μ, diag σ²) and a small network, the classifier, that gives q(y|z):
 *
 * <pre>
 *   −ELBO = E_q[−log p(x|z) + Σ_y q(y|z) (log q(z|x) − log p(z|y)) + KL(q(y|z) || uniform)]
 * </pre>
 *
 * The expectation is the mean over L samples of z, but for log q(z|x), whose expectation is minus
 * the entropy of q. From it the mutual information of a batch's codes and their classes times its
 * weight is taken ({@link Balance}; Krause, Perona and Gomes, Discriminative clustering by
 * regularized information maximization, NIPS 2010): the bound alone is content with classes that
 * lie upon one another, where it is that of a prior N(0, I), and does not leave that point, since
 * q(y|z) and the m_y are the same for all y there.
 *
 * <p>With a teacher the sums over y are by its responsibilities g* of the row in place of q(y|z),
 * which follows them:
 *
 * <pre>
 *   E_q[−log p(x|z) + Σ_y g*_y (log q(z|x) − log p(z|y) p(y) − lesson log q(y|z))]
 * </pre>
 *
 * Of the three measures {@code reconstruction} is the first part of −ELBO, {@code kl} the rest,
 * {@code loss} their sum: at the model's own q(y|z), without mutual information, whatever the
 * options. Evaluations draw by each row's content.
 *
 * <p>Memory of a worker: that of {@link VariationalObjective}, for the codes that are decoded
 * together the widths of the classifier's layers, two to three times, and 4 K numbers of 8 bytes, 5
 * K with a teacher.
 */
public final class ClassifyingObjective implements StochasticObjective {
    private static final long serialVersionUID = 1L;
    private static final List<String> MEASURES = List.of("loss", "reconstruction", "kl");

    private final Networks networks;
    private final EmbeddingOptions options;
    private final Teacher teacher;
    private final double lesson;

    /**
     * @throws IllegalArgumentException for fewer than two components, for rows drawn as 0 or 1
     *     under another likelihood than bernoulli, or shares that are not those of the components
     */
    public ClassifyingObjective(Architecture architecture, EmbeddingOptions options) {
        this(architecture, options, null, 0);
    }

    /**
     * @param teacher null where the model is its own
     * @param lesson weight of the cross-entropy of the classifier against the teacher
     */
    ClassifyingObjective(
            Architecture architecture, EmbeddingOptions options, Teacher teacher, double lesson) {
        architecture.requireComponents(Kind.CLASSIFYING);
        architecture.requireBernoulliIf(options.binarize());
        Require.that(
                lesson >= 0 && lesson < Double.POSITIVE_INFINITY,
                "the weight of the cross-entropy is %s, expected a finite number not below 0",
                lesson);
        this.networks = architecture.networks(Kind.CLASSIFYING);
        this.options = options;
        this.teacher = teacher;
        this.lesson = lesson;
        new Balance(options.shares(), architecture.components()); // refuses what misfits
    }

    /** As {@link EmbeddingObjective#isComparable}. */
    @Override
    public boolean isComparable() {
        return teacher == null && options.information() == 0;
    }

    @Override
    public int parameterCount() {
        return networks.parameterCount();
    }

    @Override
    public List<String> measures() {
        return MEASURES;
    }

    @Override
    public Worker worker(int maxRows) {
        return new ClassifyingWorker(
                networks,
                options,
                maxRows,
                teacher == null ? null : teacher.worker(maxRows),
                lesson);
    }
}
