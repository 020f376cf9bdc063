package io.github.sparklatent.vae.objective;

import io.github.sparklatent.vae.latent.GaussianPosterior;
import io.github.sparklatent.vae.latent.LogMeanExp;
import io.github.sparklatent.vae.latent.RowBatch;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.PosteriorFamily;
import io.github.sparklatent.vae.objective.PriorTerm.StandardNormalTerm;
import io.github.sparklatent.vae.objective.VariationalOptions.Bound;
import io.github.sparklatent.vae.objective.VariationalOptions.GradientEstimator;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * The loss of a variational autoencoder: minus a lower bound of log p(x). Kingma and Welling 2014; Rezende, Mohamed and
 * Wierstra 2014.
 *
 * <pre>
 *   −ELBO = E_q[−log p(x|z)] + β KL,   KL = ½ Σ_j (μ_j² + σ_j² − log σ_j² − 1) ≥ 0
 * </pre>
 *
 * The expectation is the mean over L samples of z. The measures are this loss and the two parts of −ELBO,
 * {@code reconstruction} and {@code kl}, without warm-up. So the round with the smallest held-out loss is the best for
 * the β that is trained. If training raises the importance-weighted bound, {@code loss} is minus that bound of L
 * samples. In training they are of the input that the gradient saw.
 *
 * <p>If posterior and prior are mixtures, the bound is the stratified one of {@link StratifiedTerm}. All stages have
 * the same loss, so that they share one curve: if only the decoder is updated, the loss falls by as much as the
 * reconstruction term.
 *
 * <p>Memory of a worker, in floats of 4 bytes: the widths of the decoder's layers, of its outputs and of a row, two to
 * three times, for the codes that are decoded together (L n of a batch of n rows, but, unless n itself is larger, at
 * most 4096 codes and 32 MiB of the widest layer); the same of n rows for the encoder; and at most two copies of the
 * batch. With K components, it is that for batches of K n rows, the encoder for n rows, and three times K² L n doubles
 * for the codes that are decoded together.
 */
public final class VariationalObjective extends NetworkObjective {
    private final Kind kind;
    private final VariationalOptions options;
    private final BoundStage stage;

    /** Creates the loss of a training of all parameters of a variational autoencoder. */
    public VariationalObjective(Architecture architecture, VariationalOptions options) {
        this(Kind.VARIATIONAL, architecture, options, BoundStage.JOINT);
    }

    /**
     * Creates the loss.
     *
     * @param kind {@link Kind#VARIATIONAL} or {@link Kind#MIXTURE}
     * @param options of a mixture with the default bound and gradient
     * @param stage stage of the training, which determines the parameters that are updated
     */
    public VariationalObjective(Kind kind, Architecture architecture, VariationalOptions options, BoundStage stage) {
        super(kind, architecture, options.binarize(), options.corruption(), BOUND);
        this.kind = kind;
        this.options = options;
        this.stage = stage;
    }

    @Override
    public List<ParameterGroup> parameterGroups() {
        return stage.groups(networks());
    }

    @Override
    Step step(int maxRows) {
        BoundStep.Codes codes = BoundStep.Codes.of(kind, networks(), maxRows, options.samples());
        if (kind.posterior() == PosteriorFamily.GAUSSIAN_MIXTURE) {
            return new BoundStep(codes, new StratifiedTerm(networks(), options, codes.posterior()), stage);
        }
        StandardNormalTerm term = new StandardNormalTerm(options, codes.posterior());
        if (options.bound() == Bound.IWAE) {
            return new ImportanceWeighted(codes, term, stage);
        }
        return options.gradient() == GradientEstimator.SCORE_FUNCTION
                ? new ScoreFunction(codes, term, stage)
                : new BoundStep(codes, term, stage);
    }

    /**
     * The gradient of −ELBO by the derivative of log q(z|x) (Ranganath, Gerrish and Blei 2014). The baseline of a
     * sample is the mean of the other samples of its row (Kool, van Hoof and Welling 2019):
     *
     * <pre>
     *   f_s = log p(x | z_s) + Σ_j β_j (log p(z_sj) − log q(z_sj | x))
     *   ∂loss/∂φ = −1/L Σ_s (f_s − 1/(L−1) Σ_t≠s f_t) ∂log q(z_s | x)/∂φ
     *            = −1/(L−1) Σ_s (f_s − f̄) ∂log q(z_s | x)/∂φ
     * </pre>
     *
     * The decoder's gradient is the mean over the samples.
     */
    private static final class ScoreFunction extends BoundStep {
        private final GaussianPosterior posterior;
        private final double[] signal;
        private final double[] epsilon;

        ScoreFunction(Codes codes, PriorTerm term, BoundStage stage) {
            super(codes, term, stage);
            this.posterior = (GaussianPosterior) codes.posterior();
            this.signal = new double[count];
            this.epsilon = new double[posterior.latent()];
        }

        @Override
        void differentiate(RowBatch batch, float[] gradient) {
            for (int next = 0; next < count; ) {
                next = samples.decode(batch.parameters(), batch.target(), next);
                if (stage.movesDecoder()) {
                    samples.backward(batch, scale, gradient, false);
                }
            }
            for (int i = 0; stage.movesEncoder() && i < batch.size(); i++) {
                addRow(batch.shares()[i], i);
            }
        }

        private void addRow(float share, int row) {
            double mean = 0;
            for (int s = 0; s < count; s++) {
                signal[s] = samples.density(row, s);
                for (int j = 0; j < epsilon.length; j++) {
                    signal[s] -= term.klWeight() * posterior.logRatio(row, s, j);
                }
                mean += signal[s] / count;
            }
            for (int s = 0; s < count; s++) {
                for (int j = 0; j < epsilon.length; j++) {
                    epsilon[j] = posterior.noise(row, s, j);
                }
                posterior.addScore(row, -share * (signal[s] - mean) / (count - 1), epsilon);
            }
        }
    }

    /**
     * The gradient of minus the importance-weighted bound through z = μ + L ε (Burda, Grosse and Salakhutdinov 2016,
     * eq. 8 and 14):
     *
     * <pre>
     *   log w_s = log p(x | z_s) − β r_s,   r_s = log q(z_s | x) − log p(z_s)
     *           = log p(x | z_s) − β ½ Σ_j (z_j² − ε_j² − log σ_j²)
     *   loss = −log 1/L Σ_s w_s,   ∂loss = −Σ_s w̃_s ∂log w_s,   w̃_s = w_s / Σ_t w_t
     * </pre>
     *
     * The weights need all densities first: if the samples are not decoded together, they are decoded twice.
     */
    private static final class ImportanceWeighted extends BoundStep {
        private final GaussianPosterior posterior;
        private final double[] shares;
        private final LogMeanExp sums;

        ImportanceWeighted(Codes codes, PriorTerm term, BoundStage stage) {
            super(codes, term, stage);
            this.posterior = (GaussianPosterior) codes.posterior();
            this.shares = new double[scale.length];
            this.sums = new LogMeanExp(posterior.capacity());
        }

        @Override
        void differentiate(RowBatch batch, float[] gradient) {
            samples.decodeAll(batch.parameters(), batch.target());
            sumWeights(term.klWeight());
            for (int k = 0; k < count * batch.size(); k++) { // share_i w̃_is
                int i = k % batch.size();
                shares[k] = batch.shares()[i] * StrictMath.exp(shares[k] - sums.logSum(i));
            }
            boolean decoded = samples.together() >= count;
            for (int next = 0; next < count; ) {
                next = decoded ? count : samples.decode(batch.parameters(), batch.target(), next);
                addSamples(batch, gradient);
            }
            posterior.addEntropy(batch.shares(), term.klWeight()); // its weights over the samples add up to 1
        }

        /** Writes log w_is to the entry s n + i of the shares, and sums up the weights of each row. */
        private void sumWeights(double beta) {
            int n = posterior.rows();
            sums.clear();
            for (int k = 0; k < count * n; k++) {
                shares[k] = samples.density(k % n, k / n) - beta * posterior.logRatio(k % n, k / n);
                sums.add(k % n, shares[k]);
            }
        }

        /** Propagates the gradient of the samples that were decoded last. */
        private void addSamples(RowBatch batch, float[] gradient) {
            int from = samples.first() * batch.size();
            int length = samples.count() * batch.size();
            for (int k = 0; k < length; k++) {
                scale[k] = (float) -shares[from + k];
            }
            FMatrixRMaj slopes = backward(batch, gradient);
            if (slopes == null) {
                return;
            }
            int latent = posterior.latent();
            for (int k = 0; k < length; k++) {
                float weight = (float) (term.klWeight() * shares[from + k]);
                for (int j = k * latent; j < (k + 1) * latent; j++) {
                    slopes.data[j] += weight * samples.codes().data[j]; // of β ½ z²
                }
            }
            samples.toHeads(slopes, posterior.headGradient());
        }

        /** Returns minus the bound. Rows must be requested in order; the first call sums up all rows. */
        @Override
        double loss(int row, double weighted) {
            if (row == 0) {
                sumWeights(term.weight());
            }
            return -sums.value(row);
        }
    }
}
