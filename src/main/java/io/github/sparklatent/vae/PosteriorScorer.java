package io.github.sparklatent.vae;

import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.vae.latent.ChainProposal;
import io.github.sparklatent.vae.latent.CodeSamples;
import io.github.sparklatent.vae.latent.GaussianPosterior;
import io.github.sparklatent.vae.latent.LogMeanExp;
import io.github.sparklatent.vae.latent.Posterior;
import io.github.sparklatent.vae.latent.Proposal;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.Networks;
import io.github.sparklatent.vae.model.PosteriorFamily;
import io.github.sparklatent.vae.objective.PriorTerm;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/**
 * Scores rows of a model with a posterior, which is one Gaussian or a mixture for each row.
 *
 * <p>The responsibility of the prior's component y for a row is E_q[p(y|z)], a mean over draws. If q is a mixture, the
 * draws of a row are spread over its components by systematic sampling: draw s of S is of the component k in whose part
 * of Σ_k α_k = 1 the number (s + u) / S lies. One u in [0, 1) is drawn for each row, so that a component of q has S α_k
 * draws, rounded up or down.
 *
 * <p>Every row has a code for each component of q, so a batch is split into parts of fewer rows if there are several.
 */
final class PosteriorScorer extends ModelScorer {
    /**
     * Largest number of codes that are decoded together, unless the batch itself has more rows. A larger number is not
     * faster.
     */
    private static final int MAX_CODES = 1024;

    /** Bounds the standard error of a responsibility by 0.0625. The draws are not decoded. */
    private static final int MIN_DRAWS = 64;

    private final boolean mixed;
    private final int components;
    private final int together;
    private final Posterior posterior;
    private final PriorTerm prior;
    private final double[] density;
    private final double[] offsets;
    private final FMatrixRMaj part = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj target = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj codes = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj decoded = new FMatrixRMaj(0, 0);
    private final DMatrixRMaj meanShares = new DMatrixRMaj(0, 0);
    private CodeSamples samples;

    /** Null before it is needed. */
    private LogMeanExp importance;

    /** Null before it is needed. */
    private ChainProposal chain;

    PosteriorScorer(Kind kind, Networks networks, float[] parameters, ScoringOptions options, int maxRows) {
        super(kind, networks, parameters, options, maxRows);
        this.mixed = kind.posterior() == PosteriorFamily.GAUSSIAN_MIXTURE;
        this.components = mixed ? networks.prior().components() : 1;
        this.together = mixed ? Math.min(maxRows, Math.max(1, MAX_CODES / components)) : maxRows;
        this.posterior = Posterior.of(kind.posterior(), networks, together, products);
        int maxCodes = Math.max(posterior.capacity(), MAX_CODES);
        this.prior = PriorTerm.of(kind, networks, posterior, options.samples(), together, maxCodes, products);
        this.density = new double[together];
        this.offsets = new double[together];
    }

    /** Encodes one part of the rows. */
    private void read(FMatrixRMaj rows, int from) {
        copy(rows, from, part);
        if (!areEncoded(part)) {
            posterior.encode(parameters, part);
        }
    }

    private void copy(FMatrixRMaj rows, int from, FMatrixRMaj to) {
        int n = Math.min(together, rows.numRows - from);
        to.reshape(n, rows.numCols);
        System.arraycopy(rows.data, from * rows.numCols, to.data, 0, n * rows.numCols);
    }

    @Override
    void encode(FMatrixRMaj rows, FMatrixRMaj mean, FMatrixRMaj variance) {
        mean.reshape(rows.numRows, posterior.latent());
        if (variance != null) {
            variance.reshape(rows.numRows, posterior.latent());
        }
        for (int from = 0; from < rows.numRows; from += together) {
            read(rows, from);
            posterior.means(mean, from);
            if (variance != null) {
                posterior.variances(variance, from);
            }
        }
    }

    @Override
    void decode(FMatrixRMaj rows, DecodedRows action) {
        for (int from = 0; from < rows.numRows; from += together) {
            read(rows, from);
            int n = posterior.batch();
            double[] weights = new double[n];
            codes.reshape(n, posterior.latent());
            for (int k = 0; k < components; k++) {
                int first = k * n;
                Arrays.setAll(weights, i -> posterior.weight(first + i));
                System.arraycopy(posterior.mean(), k * codes.getNumElements(), codes.data, 0, codes.getNumElements());
                decoder.decode(parameters, codes, part);
                action.accept(from, n, weights);
            }
        }
    }

    @Override
    void draw(FMatrixRMaj rows, FMatrixRMaj drawnCodes) {
        int latent = posterior.latent();
        drawnCodes.reshape(rows.numRows, latent);
        for (int from = 0; from < rows.numRows; from += together) {
            read(rows, from);
            posterior.draw(streams(part, Purpose.LATENT_NOISE), codes);
            System.arraycopy(codes.data, 0, drawnCodes.data, from * latent, codes.getNumElements());
        }
    }

    @Override
    void measure(FMatrixRMaj rows, FMatrixRMaj targets, double[] reconstruction, double[] divergence) {
        int count = options.samples();
        for (int from = 0; from < rows.numRows; from += together) {
            begin(rows, targets, from);
            Arrays.fill(density, 0);
            sample(count, posterior, some -> {
                prior.decoded(some);
                prior.addDivergence(some);
                some.addDensity(density);
            });
            prior.assign(this::responsibilities);
            for (int i = 0; i < posterior.batch(); i++) {
                reconstruction[from + i] = density[i] / -count;
                divergence[from + i] = prior.divergence(i);
            }
        }
    }

    /** Encodes one part of the targets; the random draws follow from the content of the rows. */
    private void begin(FMatrixRMaj rows, FMatrixRMaj targets, int from) {
        read(targets, from);
        copy(targets, from, target);
        copy(rows, from, part);
        prior.begin(parameters, part);
    }

    /**
     * Draws and decodes samples of each distribution of a proposal, as many at a time as are decoded together.
     *
     * @param count samples of each distribution
     * @param action on the samples that were decoded together
     */
    private void sample(int count, Proposal proposal, Consumer<CodeSamples> action) {
        int fitting = Math.min(count, CodeSamples.fitting(networks, posterior.capacity(), MAX_CODES));
        if (samples == null || samples.capacity() < fitting) {
            samples = new CodeSamples(networks, posterior.capacity(), fitting, products);
        }
        RandomGenerator[] noise = posterior.streams(streams(part, Purpose.LATENT_NOISE));
        for (int left = count; left > 0; left -= samples.samples()) {
            samples.draw(proposal, noise, Math.min(left, samples.capacity()));
            samples.decodeAll(parameters, target);
            action.accept(samples);
        }
    }

    /**
     * Computes log Σ_k α_k 1/L Σ_s p(x, z_ks) / r(z_ks), L = ⌈S / K⌉, and the mean of E[x|z] with these weights. r is
     * component k of q(z|x), or a Gaussian fitted to a chain if the decoder was trained on chains. The expectation of
     * the mean of p / q is the same as with S draws of q, and the variance is lower.
     */
    @Override
    void logLikelihood(FMatrixRMaj rows, FMatrixRMaj targets, int draws, FMatrixRMaj mean, double[] logLikelihood) {
        int count = (draws + components - 1) / components;
        int width = mean == null ? 0 : networks.inputs();
        if (importance == null || importance.width() != width) {
            importance = new LogMeanExp(together, width);
        }
        for (int from = 0; from < rows.numRows; from += together) {
            begin(rows, targets, from);
            importance.clear();
            sample(count, mean == null ? proposal() : posterior, some -> {
                if (mean != null) {
                    some.means(parameters, decoded);
                    importance.read(decoded);
                }
                prior.addImportance(some, importance);
            });
            importance.copyMeans(posterior.batch(), mean, from);
            for (int i = 0; i < posterior.batch(); i++) {
                logLikelihood[from + i] = importance.logSum(i) - StrictMath.log(count);
            }
        }
    }

    private Proposal proposal() {
        if (!networks.hasChains()) {
            return posterior;
        }
        if (chain == null) {
            chain = new ChainProposal(networks, together, products);
        }
        chain.fit(parameters, target, (GaussianPosterior) posterior, streams(part, Purpose.CHAIN));
        return chain;
    }

    @Override
    void responsibilities(FMatrixRMaj rows, FMatrixRMaj responsibilities) {
        if (!kind.hasComponents()) {
            super.responsibilities(rows, responsibilities);
        }
        int k = networks.prior().components();
        responsibilities.reshape(rows.numRows, k);
        for (int from = 0; from < rows.numRows; from += together) {
            begin(rows, rows, from);
            DMatrixRMaj shares = responsibilities();
            for (int at = 0; at < shares.getNumElements(); at++) {
                responsibilities.data[from * k + at] = (float) shares.data[at % k * shares.numCols + at / k];
            }
        }
    }

    /**
     * Returns q(y|x) = E_q[p(y|z)] of a part of the rows, K × n, a buffer. It has no closed form: it is the mean over
     * draws of z, as many as a bound has, but at least {@link #MIN_DRAWS}.
     */
    private DMatrixRMaj responsibilities() {
        int draws = Math.max(MIN_DRAWS, options.samples());
        int n = posterior.batch();
        RandomGenerator[] noise = streams(part, Purpose.LATENT_NOISE);
        Arrays.setAll(offsets, i -> mixed && i < n ? noise[i].nextDouble() : 0);
        codes.reshape(n, posterior.latent());
        for (int s = 0; s < draws; s++) {
            draw((double) s / draws, (s + 1.0) / draws, noise);
            DMatrixRMaj some = prior.shares(codes);
            if (s == 0) {
                meanShares.reshape(some.numRows, some.numCols);
                meanShares.zero();
            }
            for (int at = 0; at < meanShares.getNumElements(); at++) {
                meanShares.data[at] += some.data[at] / draws;
            }
        }
        return meanShares;
    }

    /**
     * Draws a code of each row from q(z|x). The component is chosen by a number between {@code before} and
     * {@code after} on the scale of the components' cumulative weights.
     */
    private void draw(double before, double after, RandomGenerator[] noise) {
        int latent = posterior.latent();
        int n = posterior.batch();
        for (int i = 0; i < n; i++) {
            double number = before + offsets[i] * (after - before);
            int row = i;
            for (double sum = posterior.weight(row); sum <= number && row + n < posterior.rows(); ) {
                row += n;
                sum += posterior.weight(row);
            }
            for (int j = 0; j < latent; j++) {
                int at = row * latent + j;
                float epsilon = (float) noise[i].nextGaussian();
                codes.data[i * latent + j] = posterior.mean()[at] + posterior.deviation()[at] * epsilon;
            }
        }
    }
}
