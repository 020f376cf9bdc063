package io.github.sparklatent.vae.objective;

import io.github.sparklatent.vae.latent.CodeSamples;
import io.github.sparklatent.vae.latent.GaussianPosterior;
import io.github.sparklatent.vae.latent.LogMeanExp;
import io.github.sparklatent.vae.latent.RowBatch;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.PriorTerm.StandardNormalTerm;
import io.github.sparklatent.vae.objective.VariationalOptions.Bound;
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
 * <p>Memory of a worker, in floats of 4 bytes: the widths of the decoder's layers, of its outputs and of a row, two to
 * three times, for the codes that are decoded together (L n of a batch of n rows, but, unless n itself is larger, at
 * most 4096 codes and 32 MiB of the widest layer); the same of n rows for the encoder; and at most two copies of the
 * batch.
 */
public final class VariationalObjective extends NetworkObjective {
    private final VariationalOptions options;
    private final BoundStage stage;

    /** Creates the loss of a training of all parameters. */
    public VariationalObjective(Architecture architecture, VariationalOptions options) {
        this(architecture, options, BoundStage.JOINT);
    }

    /**
     * Creates the loss.
     *
     * @param stage stage of the training, which determines the parameters that are updated
     */
    public VariationalObjective(Architecture architecture, VariationalOptions options, BoundStage stage) {
        super(Kind.VARIATIONAL, architecture, options.binarize(), options.corruption(), BOUND);
        this.options = options;
        this.stage = stage;
    }

    @Override
    public List<ParameterGroup> parameterGroups() {
        return stage.groups(networks());
    }

    @Override
    Step step(int maxRows) {
        int count = options.samples();
        GaussianStep.Codes codes = GaussianStep.Codes.of(networks(), maxRows, count);
        StandardNormalTerm term = new StandardNormalTerm(options);
        return new GaussianStep(codes.posterior(), codes.samples(), count, term, estimator(term, maxRows), stage);
    }

    private Estimator estimator(StandardNormalTerm term, int maxRows) {
        if (options.bound() == Bound.IWAE) {
            return new ImportanceWeighted(term, stage, maxRows, options.samples());
        }
        return switch (options.gradient()) {
            case REPARAMETERIZED -> new Estimator.Reparameterized(term, stage, maxRows, options.samples());
            case SCORE_FUNCTION -> new ScoreFunction(term, stage, networks().latent(), maxRows, options.samples());
        };
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
    private static final class ScoreFunction implements Estimator {
        private final StandardNormalTerm term;
        private final BoundStage stage;
        private final float[] scale;
        private final double[] signal;
        private final double[] epsilon;

        ScoreFunction(StandardNormalTerm term, BoundStage stage, int latent, int maxRows, int samples) {
            this.term = term;
            this.stage = stage;
            this.scale = new float[maxRows * samples];
            this.signal = new double[samples];
            this.epsilon = new double[latent];
        }

        @Override
        public void differentiate(RowBatch batch, GaussianPosterior posterior, CodeSamples samples, float[] gradient) {
            Estimator.fillScale(batch, samples, scale);
            int next = 0;
            while (next < samples.samples()) {
                next = samples.decode(batch.parameters(), batch.target(), next);
                if (stage.movesDecoder()) {
                    samples.backward(batch.parameters(), batch.target(), scale, gradient, false);
                }
            }
            for (int i = 0; stage.movesEncoder() && i < batch.size(); i++) {
                addRow(batch.shares()[i], posterior, samples, i);
            }
        }

        private void addRow(float share, GaussianPosterior posterior, CodeSamples samples, int row) {
            int count = signal.length;
            double mean = 0;
            for (int s = 0; s < count; s++) {
                signal[s] = signal(posterior, samples, row, s);
                mean += signal[s] / count;
            }
            for (int s = 0; s < count; s++) {
                for (int j = 0; j < epsilon.length; j++) {
                    epsilon[j] = samples.noise(row, s, j);
                }
                posterior.addScore(row, -share * (signal[s] - mean) / (count - 1), epsilon);
            }
        }

        /** Returns the signal f_s of one sample of a row. */
        private double signal(GaussianPosterior posterior, CodeSamples samples, int row, int sample) {
            double value = samples.density(row, sample);
            for (int j = 0; j < posterior.latent(); j++) {
                value -= term.klWeight() * samples.logRatio(row, sample, j);
            }
            return value;
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
    private static final class ImportanceWeighted implements Estimator {
        private final StandardNormalTerm term;
        private final BoundStage stage;
        private final float[] scale;
        private final double[] shares;
        private final LogMeanExp sums;

        ImportanceWeighted(StandardNormalTerm term, BoundStage stage, int maxRows, int samples) {
            this.term = term;
            this.stage = stage;
            this.scale = new float[maxRows * samples];
            this.shares = new double[maxRows * samples];
            this.sums = new LogMeanExp(maxRows);
        }

        @Override
        public void differentiate(RowBatch batch, GaussianPosterior posterior, CodeSamples samples, float[] gradient) {
            samples.decodeAll(batch.parameters(), batch.target());
            double beta = term.klWeight();
            computeShares(batch, posterior, samples, beta);
            if (samples.allTogether()) {
                backward(batch, posterior, samples, beta, gradient);
            } else {
                int next = 0;
                while (next < samples.samples()) {
                    next = samples.decode(batch.parameters(), batch.target(), next);
                    backward(batch, posterior, samples, beta, gradient);
                }
            }
            posterior.addEntropy(batch.shares(), beta); // its weights over the samples add up to 1
        }

        /** Writes share_i w̃_is to the entry s n + i. */
        private void computeShares(RowBatch batch, GaussianPosterior posterior, CodeSamples samples, double beta) {
            int n = batch.size();
            sumWeights(posterior, samples, beta);
            for (int k = 0; k < samples.samples() * n; k++) {
                shares[k] = batch.shares()[k % n] * StrictMath.exp(shares[k] - sums.logSum(k % n));
            }
        }

        /** Writes log w_is to the entry s n + i of the shares, and sums up the weights of each row. */
        private void sumWeights(GaussianPosterior posterior, CodeSamples samples, double beta) {
            int n = posterior.rows();
            sums.clear();
            for (int k = 0; k < samples.samples() * n; k++) {
                double ratio = samples.logRatio(k % n, k / n);
                shares[k] = samples.density(k % n, k / n) - beta * ratio;
                sums.add(k % n, shares[k]);
            }
        }

        /** Propagates the gradient of the samples that were decoded last. */
        private void backward(
                RowBatch batch, GaussianPosterior posterior, CodeSamples samples, double beta, float[] gradient) {
            int from = samples.first() * batch.size();
            int length = samples.count() * batch.size();
            for (int k = 0; k < length; k++) {
                scale[k] = (float) -shares[from + k];
            }
            FMatrixRMaj slopes = samples.backward(
                    batch.parameters(), batch.target(), scale, stage.ofDecoder(gradient), stage.movesEncoder());
            if (slopes == null) {
                return;
            }
            int latent = posterior.latent();
            for (int k = 0; k < length; k++) {
                float weight = (float) (beta * shares[from + k]);
                for (int j = k * latent; j < (k + 1) * latent; j++) {
                    slopes.data[j] += weight * samples.codes().data[j]; // of β ½ z²
                }
            }
            samples.toHeads(slopes, posterior.headGradient());
        }

        /** Returns minus the bound. Rows must be requested in order; the first call sums up all rows. */
        @Override
        public double loss(GaussianPosterior posterior, CodeSamples samples, int row, double weighted) {
            if (row == 0) {
                sumWeights(posterior, samples, term.weight());
            }
            return -sums.value(row);
        }
    }
}
