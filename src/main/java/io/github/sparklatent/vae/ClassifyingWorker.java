package io.github.sparklatent.vae;

import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.Shares;
import io.github.sparklatent.learn.StochasticObjective;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Gradient;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/** The gradient and the measures of {@link ClassifyingObjective}, with the buffers of one task. */
final class ClassifyingWorker implements StochasticObjective.Worker {
    private final EmbeddingOptions options;
    private final Teacher.Worker teacher;
    private final double lesson;
    private final RowStreams streams;
    private final Seen seen = new Seen();
    private final Posterior posterior;
    private final CodeSamples samples;
    private final ClassPass classes;
    private final Balance balance;
    private final DMatrixRMaj lessons = new DMatrixRMaj(0, 0);
    private final float[] shares;
    private final float[] scale;
    private final float[] negative;
    private final float[] even;
    private final double[] divergence;

    /**
     * @param teacher null where the model is its own
     * @param lesson weight of the cross-entropy against the teacher
     */
    ClassifyingWorker(
            Networks networks,
            EmbeddingOptions options,
            int maxRows,
            Teacher.Worker teacher,
            double lesson) {
        this.options = options;
        this.teacher = teacher;
        this.lesson = lesson;
        this.streams = new RowStreams(maxRows, networks.inputs());
        FloatProducts products = new FloatProducts();
        this.posterior = new Posterior(networks, maxRows, products);
        this.samples = new CodeSamples(networks, maxRows, options.samples(), products);
        this.classes = new ClassPass(networks, samples.together() * maxRows, products);
        int components = ((ClassMeans) networks.prior()).components();
        this.balance = new Balance(options.shares(), components);
        this.shares = new float[maxRows];
        this.scale = new float[maxRows * samples.together()];
        this.negative = new float[maxRows * samples.together()];
        this.even = new float[maxRows * samples.together()];
        this.divergence = new double[maxRows];
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
        Shares.of(weights, rows.numRows, shares);
        for (int at = 0; at < rows.numRows * samples.together(); at++) {
            scale[at] = shares[at % rows.numRows] / options.samples();
            negative[at] = -scale[at];
        }
        DMatrixRMaj taught = teacher == null ? null : teacher.responsibilities(rows);
        FMatrixRMaj heads = posterior.clearGradient();
        Arrays.fill(divergence, 0, rows.numRows, 0);
        int next = 0;
        while (next < options.samples()) {
            next = decode(parameters, next);
            FMatrixRMaj codes =
                    samples.backward(parameters, seen.target(), negative, gradient, true);
            Gradient to = new Gradient(gradient, samples.first() > 0);
            if (taught == null) {
                classes.backward(parameters, scale, classes.shares(), own(), to, codes);
            } else {
                spread(taught);
                DMatrixRMaj slopes = classes.slopes(scale, lessons, lesson);
                classes.backward(parameters, scale, lessons, slopes, to, codes);
            }
            samples.toHeads(codes, posterior, heads);
        }
        classes.writeMeans(gradient);
        addEntropy(heads);
        posterior.backward(parameters, gradient);
        measure(weights, sums);
    }

    /** Derivatives by log q(y|z) of what is trained without a teacher. */
    private DMatrixRMaj own() {
        DMatrixRMaj slopes = classes.slopes(scale);
        if (options.information() > 0) {
            for (int at = 0; at < slopes.numCols; at++) {
                even[at] = shares[at % posterior.rows()] / samples.count();
            }
            double weight = options.information() * samples.count() / options.samples();
            balance.addSlopes(weight, classes.shares(), classes.logarithms(), even, slopes);
        }
        return slopes;
    }

    /** A row's responsibilities for each of its codes that are decoded together. */
    private void spread(DMatrixRMaj taught) {
        int n = taught.numCols;
        int m = samples.count() * n;
        lessons.reshape(taught.numRows, m);
        for (int at = 0; at < taught.numRows * m; at++) {
            lessons.data[at] = taught.data[at / m * n + at % m % n];
        }
    }

    /** −H(q(z|x)) falls by ½ for each log σ². */
    private void addEntropy(FMatrixRMaj heads) {
        int latent = posterior.latent();
        for (int i = 0; i < posterior.rows(); i++) {
            for (int j = 0; j < latent; j++) {
                heads.data[(2 * i + 1) * latent + j] -= 0.5f * shares[i];
            }
        }
    }

    /** Decodes and classifies the samples from one on; returns the one after the last. */
    private int decode(float[] parameters, int from) {
        int next = samples.decode(parameters, posterior, seen.target(), from);
        classes.classify(parameters, samples.codes());
        for (int code = 0; code < samples.codes().numRows; code++) {
            divergence[code % posterior.rows()] += classes.divergence(code) / options.samples();
        }
        return next;
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
        Arrays.fill(divergence, 0, rows.numRows, 0);
        int next = 0;
        while (next < options.samples()) {
            next = decode(parameters, next);
        }
        measure(weights, sums);
    }

    private void measure(float[] weights, double[] sums) {
        for (int i = 0; i < posterior.rows(); i++) {
            double reconstruction = -samples.meanDensity(posterior, i);
            double kl = divergence[i] - posterior.entropy(i);
            sums[0] += weights[i] * (reconstruction + kl);
            sums[1] += weights[i] * reconstruction;
            sums[2] += weights[i] * kl;
        }
    }

    /** The classes of the codes that were decoded last. */
    ClassPass classes() {
        return classes;
    }
}
