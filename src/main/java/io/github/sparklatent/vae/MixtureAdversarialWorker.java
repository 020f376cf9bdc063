package io.github.sparklatent.vae;

import io.github.sparklatent.gan.AdversarialTerm;
import io.github.sparklatent.gan.Coverage;
import io.github.sparklatent.gan.Discriminator;
import io.github.sparklatent.gan.GeneratorPass;
import io.github.sparklatent.gan.Verdict;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.Shares;
import io.github.sparklatent.learn.StochasticObjective;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Gradient;
import java.util.function.IntToLongFunction;
import org.ejml.data.FMatrixRMaj;

/**
 * The gradients and measures of {@link MixtureAdversarialObjective}, with the buffers of a task.
 */
final class MixtureAdversarialWorker implements StochasticObjective.Worker {
    /** Of the game's measures, after those of the bound. */
    private static final int FROM = 3;

    private static final int DRAWN = -1;

    private final Networks networks;
    private final double weight;
    private final StochasticObjective.Worker reconstruction;
    private final GeneratorPass generator;
    private final AdversarialTerm term;
    private final Coverage coverage;
    private final RowStreams streams;
    private final FMatrixRMaj codes;
    private final FMatrixRMaj rowGradient = new FMatrixRMaj(0, 0);
    private final float[] shares;

    MixtureAdversarialWorker(
            Networks networks,
            Discriminator discriminator,
            double weight,
            StochasticObjective.Worker reconstruction,
            int maxRows) {
        FloatProducts products = new FloatProducts();
        this.networks = networks;
        this.weight = weight;
        this.reconstruction = reconstruction;
        this.generator = networks.generator().pass(maxRows, products);
        this.term =
                new AdversarialTerm(discriminator, maxRows, networks.auxiliaryOffset(), products);
        this.coverage = new Coverage(maxRows, networks.inputs(), products);
        this.streams = new RowStreams(maxRows, networks.inputs());
        this.codes = new FMatrixRMaj(maxRows, networks.latent());
        this.shares = new float[maxRows];
    }

    @Override
    public void gradient(
            float[] parameters,
            FMatrixRMaj rows,
            float[] weights,
            StochasticObjective.Position position,
            float[] gradient,
            double[] sums) {
        double sum = Shares.of(weights, rows.numRows, shares);
        long key = RandomStreams.key(position.key(), Purpose.PRIOR, position.player());
        if (position.player() == MixtureAdversarialObjective.DISCRIMINATOR) {
            FMatrixRMaj generated = generate(parameters, rows.numRows, key, i -> i);
            add(term.discriminator(parameters, rows, shares, gradient, generated), sum, sums);
            return;
        }
        reconstruction.gradient(parameters, rows, weights, position, gradient, sums);
        FMatrixRMaj generated = generate(parameters, rows.numRows, key, i -> i);
        rowGradient.reshape(rows.numRows, rows.numCols);
        rowGradient.zero();
        sums[FROM] += sum * term.generator(parameters, generated, shares, weight, rowGradient);
        sums[FROM + 4] += sum * coverage.of(rows, shares, generated);
        generator.backward(parameters, rowGradient, Gradient.addedTo(gradient), false);
    }

    @Override
    public void evaluate(float[] parameters, FMatrixRMaj rows, float[] weights, double[] sums) {
        reconstruction.evaluate(parameters, rows, weights, sums);
        double sum = Shares.of(weights, rows.numRows, shares);
        FMatrixRMaj generated = generate(parameters, rows.numRows, 0, i -> streams.hash(rows, i));
        add(term.discriminator(parameters, rows, shares, null, generated), sum, sums);
        sums[FROM] += sum * term.generatorLoss(parameters, generated, shares);
        sums[FROM + 4] += sum * coverage.of(rows, shares, generated);
    }

    private static void add(Verdict verdict, double weight, double[] sums) {
        sums[FROM + 1] += weight * verdict.loss();
        sums[FROM + 2] += weight * verdict.realAccuracy();
        sums[FROM + 3] += weight * verdict.generatedAccuracy();
    }

    /** E[x|z] of as many draws of the prior, each a function of the seed and its index. */
    private FMatrixRMaj generate(
            float[] parameters, int count, long seed, IntToLongFunction index) {
        CodePrior prior = networks.prior().trained(parameters, networks.priorOffset());
        int latent = networks.latent();
        codes.reshape(count, latent);
        for (int i = 0; i < count; i++) {
            prior.draw(seed, index.applyAsLong(i), DRAWN, codes.data, i * latent, latent);
        }
        return generator.generate(parameters, codes);
    }
}
