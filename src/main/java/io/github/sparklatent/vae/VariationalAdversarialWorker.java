package io.github.sparklatent.vae;

import io.github.sparklatent.gan.AdversarialTerm;
import io.github.sparklatent.gan.Coverage;
import io.github.sparklatent.gan.Discriminator;
import io.github.sparklatent.gan.GeneratorPass;
import io.github.sparklatent.gan.PriorCodes;
import io.github.sparklatent.gan.Verdict;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.Shares;
import io.github.sparklatent.learn.StochasticObjective;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Gradient;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * The gradients and measures of {@link VariationalAdversarialObjective}, with the buffers of one
 * task.
 */
final class VariationalAdversarialWorker implements StochasticObjective.Worker {
    private static final int SAMPLES = 1;

    /** Of the reconstructed and of the generated rows each. */
    private static final double HALF = 0.5;

    private final double gamma;
    private final RowStreams streams;
    private final Posterior posterior;
    private final CodeNoise noise;
    private final FMatrixRMaj codes;
    private final PriorCodes prior;
    private final GeneratorPass generator;
    private final AdversarialTerm term;
    private final FeatureError error;
    private final Coverage coverage;
    private final FMatrixRMaj reconstructed = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj rowGradient = new FMatrixRMaj(0, 0);
    private final float[] shares;
    private final double[] pressure;

    VariationalAdversarialWorker(
            Networks networks, Discriminator discriminator, double gamma, int maxRows) {
        FloatProducts products = new FloatProducts();
        int latent = networks.latent();
        this.gamma = gamma;
        this.streams = new RowStreams(maxRows, networks.inputs());
        this.posterior = new Posterior(networks, maxRows, products);
        this.noise = new CodeNoise(maxRows * latent);
        this.codes = new FMatrixRMaj(maxRows, latent);
        this.prior = new PriorCodes(maxRows, latent, networks.inputs());
        this.generator = networks.generator().pass(maxRows, products);
        this.term =
                new AdversarialTerm(discriminator, maxRows, networks.auxiliaryOffset(), products);
        this.error = new FeatureError(term.pass());
        this.coverage = new Coverage(maxRows, networks.inputs(), products);
        this.shares = new float[maxRows];
        this.pressure = new double[latent];
        Arrays.fill(pressure, 1);
    }

    @Override
    public void gradient(
            float[] parameters,
            FMatrixRMaj rows,
            float[] weights,
            StochasticObjective.Position position,
            float[] gradient,
            double[] sums) {
        double weight = Shares.of(weights, rows.numRows, shares);
        reconstruct(parameters, rows, streams.ofBatch(position.key(), Purpose.LATENT_NOISE));
        switch (position.player()) {
            case VariationalAdversarialObjective.ENCODER -> {
                measureBound(parameters, rows, weight, sums);
                moveEncoder(parameters, gradient);
            }
            case VariationalAdversarialObjective.DECODER -> {
                FMatrixRMaj drawn = prior.ofBatch(rows.numRows, position.key(), 0);
                moveDecoder(parameters, rows, drawn, gradient, weight, sums);
            }
            default -> {
                FMatrixRMaj drawn = prior.ofBatch(rows.numRows, position.key(), 0);
                FMatrixRMaj generated = generator.generate(parameters, drawn);
                judge(parameters, rows, generated, gradient, weight, sums);
            }
        }
    }

    @Override
    public void evaluate(float[] parameters, FMatrixRMaj rows, float[] weights, double[] sums) {
        double weight = Shares.of(weights, rows.numRows, shares);
        reconstruct(parameters, rows, streams.ofContent(rows, 0, Purpose.LATENT_NOISE));
        measureBound(parameters, rows, weight, sums);
        FMatrixRMaj generated = generator.generate(parameters, prior.ofContent(rows));
        judge(parameters, rows, generated, null, weight, sums);
        double loss =
                term.generatorLoss(parameters, reconstructed, shares)
                        + term.generatorLoss(parameters, generated, shares);
        sums[3] += weight * HALF * loss;
        sums[7] += weight * coverage.of(rows, shares, generated);
    }

    /** x̃, and all that leads to it. */
    private void reconstruct(float[] parameters, FMatrixRMaj rows, RandomGenerator[] random) {
        posterior.encode(parameters, rows);
        noise.draw(posterior, random, SAMPLES);
        codes.reshape(rows.numRows, posterior.latent());
        noise.copyCodes(posterior, 0, codes, 0);
        reconstructed.setTo(generator.generate(parameters, codes));
    }

    private void measureBound(float[] parameters, FMatrixRMaj rows, double weight, double[] sums) {
        double reconstruction = error.of(parameters, rows, reconstructed, shares);
        double divergence = 0;
        for (int i = 0; i < rows.numRows; i++) {
            divergence += shares[i] * posterior.divergence(i);
        }
        sums[0] += weight * (reconstruction + divergence);
        sums[1] += weight * reconstruction;
        sums[2] += weight * divergence;
    }

    /** Eq. 5 and 7 by the encoder, whose error has just been measured. */
    private void moveEncoder(float[] parameters, float[] gradient) {
        // The decoder's part, which is no part of this turn, is written on the way.
        FMatrixRMaj codeGradient =
                generator.backward(
                        parameters, error.backward(shares, 1), Gradient.writtenTo(gradient), true);
        FMatrixRMaj heads = posterior.clearGradient();
        noise.toHeads(codeGradient, 0, SAMPLES, posterior, heads);
        posterior.addDivergence(shares, pressure);
        posterior.backward(parameters, gradient);
    }

    /** Eq. 8 by the decoder. */
    private void moveDecoder(
            float[] parameters,
            FMatrixRMaj rows,
            FMatrixRMaj drawn,
            float[] gradient,
            double weight,
            double[] sums) {
        error.of(parameters, rows, reconstructed, shares);
        rowGradient.setTo(error.backward(shares, gamma));
        double loss = term.generator(parameters, reconstructed, shares, HALF, rowGradient);
        generator.backward(parameters, rowGradient, Gradient.writtenTo(gradient), false);
        FMatrixRMaj generated = generator.generate(parameters, drawn);
        rowGradient.zero();
        loss += term.generator(parameters, generated, shares, HALF, rowGradient);
        generator.backward(parameters, rowGradient, Gradient.addedTo(gradient), false);
        sums[3] += weight * HALF * loss;
        sums[7] += weight * coverage.of(rows, shares, generated);
    }

    private void judge(
            float[] parameters,
            FMatrixRMaj rows,
            FMatrixRMaj generated,
            float[] gradient,
            double weight,
            double[] sums) {
        Verdict verdict =
                term.discriminator(parameters, rows, shares, gradient, reconstructed, generated);
        sums[4] += weight * verdict.loss();
        sums[5] += weight * verdict.realAccuracy();
        sums[6] += weight * verdict.generatedAccuracy();
    }
}
