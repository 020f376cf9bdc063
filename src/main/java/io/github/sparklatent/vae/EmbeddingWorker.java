package io.github.sparklatent.vae;

import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.Shares;
import io.github.sparklatent.learn.StochasticObjective;
import io.github.sparklatent.linalg.FloatProducts;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/** The gradient and the measures of {@link EmbeddingObjective}, with the buffers of one task. */
final class EmbeddingWorker implements StochasticObjective.Worker {
    private final EmbeddingOptions options;
    private final Teacher.Worker teacher;
    private final double lesson;
    private final int priorOffset;
    private final int priorEnd;
    private final RowStreams streams;
    private final Seen seen = new Seen();
    private final Posterior posterior;
    private final CodeSamples samples;
    private final EmbeddingBound bound;
    private final Balance balance;
    private final float[] shares;
    private final float[] scale;

    /**
     * @param teacher null where the model is its own
     * @param lesson weight of the cross-entropy against the teacher
     */
    EmbeddingWorker(
            Networks networks,
            EmbeddingOptions options,
            int maxRows,
            Teacher.Worker teacher,
            double lesson) {
        this.options = options;
        this.teacher = teacher;
        this.lesson = lesson;
        this.priorOffset = networks.priorOffset();
        this.priorEnd = networks.auxiliaryOffset();
        this.streams = new RowStreams(maxRows, networks.inputs());
        FloatProducts products = new FloatProducts();
        this.posterior = new Posterior(networks, maxRows, products);
        this.samples = new CodeSamples(networks, maxRows, options.samples(), products);
        this.bound = new EmbeddingBound(networks, maxRows, options.samples());
        int components = ((MixturePrior) networks.prior()).components();
        this.balance = new Balance(options.shares(), components);
        this.shares = new float[maxRows];
        this.scale = new float[maxRows * options.samples()];
    }

    @Override
    public void gradient(
            float[] parameters,
            FMatrixRMaj rows,
            float[] weights,
            StochasticObjective.Position position,
            float[] gradient,
            double[] sums) {
        seen.asIs(rows);
        if (options.binarize()) {
            seen.binarized(streams.ofBatch(position.key(), Purpose.BINARIZATION));
        }
        posterior.encode(parameters, seen.input());
        samples.draw(
                posterior,
                streams.ofBatch(position.key(), Purpose.LATENT_NOISE),
                options.samples());
        bound.compute(parameters, posterior, samples);
        Shares.of(weights, rows.numRows, shares);
        FMatrixRMaj heads = posterior.clearGradient();
        Arrays.fill(gradient, priorOffset, priorEnd, 0f);
        DMatrixRMaj lessons = teacher == null ? null : teacher.responsibilities(rows);
        reconstruct(parameters, teacher == null ? own() : taught(lessons), heads, gradient);
        bound.backwardExpected(teacher == null ? bound.own() : lessons, shares, heads, gradient);
        posterior.backward(parameters, gradient);
        measure(weights, sums);
    }

    /** Derivatives by log γ of what is trained without a teacher. */
    private DMatrixRMaj own() {
        DMatrixRMaj slopes = bound.slopes(shares);
        if (options.information() > 0) {
            balance.addSlopes(
                    options.information(), bound.own(), bound.logarithms(), shares, slopes);
        }
        return slopes;
    }

    /** Derivatives by log γ of the cross-entropy. */
    private DMatrixRMaj taught(DMatrixRMaj lessons) {
        DMatrixRMaj slopes = bound.noSlopes();
        Teacher.slopes(lesson, shares, lessons, slopes);
        return slopes;
    }

    /** Decodes all samples and goes back from the reconstruction and from γ. */
    private void reconstruct(
            float[] parameters, DMatrixRMaj byLogarithm, FMatrixRMaj heads, float[] gradient) {
        int n = posterior.rows();
        for (int at = 0; at < n * samples.samples(); at++) {
            scale[at] = -shares[at % n] / samples.samples();
        }
        int next = 0;
        while (next < samples.samples()) {
            next = samples.decode(parameters, posterior, seen.target(), next);
            FMatrixRMaj codes = samples.backward(parameters, seen.target(), scale, gradient, true);
            bound.backwardCodes(byLogarithm, samples, codes);
            samples.toHeads(codes, posterior, heads);
        }
    }

    @Override
    public void evaluate(float[] parameters, FMatrixRMaj rows, float[] weights, double[] sums) {
        seen.asIs(rows);
        if (options.binarize()) {
            seen.binarized(streams.ofContent(rows, 0, Purpose.BINARIZATION));
        }
        posterior.encode(parameters, seen.input());
        samples.draw(
                posterior, streams.ofContent(rows, 0, Purpose.LATENT_NOISE), options.samples());
        bound.compute(parameters, posterior, samples);
        samples.decodeAll(parameters, posterior, seen.target());
        measure(weights, sums);
    }

    private void measure(float[] weights, double[] sums) {
        for (int i = 0; i < posterior.rows(); i++) {
            double reconstruction = -samples.meanDensity(posterior, i);
            double divergence = bound.divergence(i);
            sums[0] += weights[i] * (reconstruction + divergence);
            sums[1] += weights[i] * reconstruction;
            sums[2] += weights[i] * divergence;
        }
    }

    /** γ of the last batch, K × n. Not to be modified. */
    DMatrixRMaj assignments() {
        return bound.own();
    }

    /** What the last batch was measured by. */
    EmbeddingBound bound() {
        return bound;
    }
}
