package io.github.sparklatent.vae;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.StochasticObjective;
import java.util.List;

/**
 * The loss of variational deep embedding (Jiang, Zheng, Tan, Tang and Zhou, Variational Deep
 * Embedding, IJCAI 2017): minus a lower bound of log p(x) where y ~ π, z|y ~ N(m_y, diag s_y²) and
 * x|z is the decoder's, with q(z|x) = N(μ, diag σ²) and γ = q(y|x) = E_q[p(y|z)], see {@link
 * Assignments}:
 *
 * <pre>
 *   −ELBO = E_q[−log p(x|z)] + Σ_y γ_y KL(q(z|x) || p(z|y)) + KL(γ || π)
 *   KL(q(z|x) || p(z|y)) = ½ Σ_j (log s_yj² − log σ_j² + (σ_j² + (μ_j − m_yj)²) / s_yj² − 1)
 * </pre>
 *
 * The divergences are in closed form, the first term and γ are means over L samples of z, through
 * which both are differentiated. From it the batch's mutual information times its weight is taken
 * ({@link Balance}): the bound alone is content with components that lie upon one another.
 *
 * <p>With a teacher γ is not the model's own but the teacher's g*, and the model's own follows it:
 *
 * <pre>
 *   E_q[−log p(x|z)] + Σ_y g*_y (KL(q(z|x) || p(z|y)) − log π_y) − lesson Σ_y g*_y log γ_y
 * </pre>
 *
 * Of the three measures {@code reconstruction} is the first part of −ELBO, {@code kl} the other
 * two, {@code loss} their sum: at the model's own γ, without mutual information, whatever the
 * options. Evaluations draw by each row's content.
 *
 * <p>Memory of a worker: that of {@link VariationalObjective}, and L + 4 times K numbers of 8 bytes
 * for each row of a batch.
 */
public final class EmbeddingObjective implements StochasticObjective {
    private static final long serialVersionUID = 1L;
    private static final List<String> MEASURES = List.of("loss", "reconstruction", "kl");

    private final Networks networks;
    private final EmbeddingOptions options;
    private final Teacher teacher;
    private final double lesson;

    /**
     * @throws IllegalArgumentException for rows drawn as 0 or 1 under another likelihood than
     *     bernoulli, or shares that are not those of the components
     */
    public EmbeddingObjective(Architecture architecture, EmbeddingOptions options) {
        this(architecture, options, null, 0);
    }

    /**
     * @param teacher null where the model is its own
     * @param lesson weight of the cross-entropy of the model's responsibilities against the
     *     teacher's
     */
    EmbeddingObjective(
            Architecture architecture, EmbeddingOptions options, Teacher teacher, double lesson) {
        architecture.requireBernoulliIf(options.binarize());
        Require.that(
                lesson >= 0 && lesson < Double.POSITIVE_INFINITY,
                "the weight of the cross-entropy is %s, expected a finite number not below 0",
                lesson);
        this.networks = architecture.networks(Kind.EMBEDDING);
        this.options = options;
        this.teacher = teacher;
        this.lesson = lesson;
        new Balance(options.shares(), architecture.components());
    }

    /**
     * The bound that held-out rows are measured by is not what is followed where a teacher or the
     * mutual information has a part in it.
     */
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
        return new EmbeddingWorker(
                networks,
                options,
                maxRows,
                teacher == null ? null : teacher.worker(maxRows),
                lesson);
    }
}
