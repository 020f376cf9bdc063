package io.github.sparklatent.gan;

import io.github.sparklatent.learn.Shares;
import io.github.sparklatent.learn.StochasticObjective;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Gradient;
import org.ejml.data.FMatrixRMaj;

/** The gradients and the measures of {@link AdversarialObjective}, with the buffers of one task. */
final class AdversarialWorker implements StochasticObjective.Worker {
    private final GeneratorPass generator;
    private final AdversarialTerm term;
    private final PriorCodes codes;
    private final Coverage coverage;
    private final FMatrixRMaj rowGradient;
    private final float[] shares;

    AdversarialWorker(Generator generator, Discriminator discriminator, int offset, int maxRows) {
        FloatProducts products = new FloatProducts();
        this.generator = generator.pass(maxRows, products);
        this.term = new AdversarialTerm(discriminator, maxRows, offset, products);
        this.codes = new PriorCodes(maxRows, generator.latent(), generator.width());
        this.coverage = new Coverage(maxRows, generator.width(), products);
        this.rowGradient = new FMatrixRMaj(maxRows, generator.width());
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
        double weight = Shares.of(weights, rows.numRows, shares);
        FMatrixRMaj drawn = codes.ofBatch(rows.numRows, position.key(), position.player());
        FMatrixRMaj generated = generator.generate(parameters, drawn);
        if (position.player() == AdversarialObjective.DISCRIMINATOR) {
            add(term.discriminator(parameters, rows, shares, gradient, generated), weight, sums);
            return;
        }
        rowGradient.reshape(rows.numRows, rows.numCols);
        rowGradient.zero();
        sums[0] += weight * term.generator(parameters, generated, shares, 1, rowGradient);
        sums[4] += weight * coverage.of(rows, shares, generated);
        generator.backward(parameters, rowGradient, Gradient.writtenTo(gradient), false);
    }

    @Override
    public void evaluate(float[] parameters, FMatrixRMaj rows, float[] weights, double[] sums) {
        double weight = Shares.of(weights, rows.numRows, shares);
        FMatrixRMaj generated = generator.generate(parameters, codes.ofContent(rows));
        add(term.discriminator(parameters, rows, shares, null, generated), weight, sums);
        sums[0] += weight * term.generatorLoss(parameters, generated, shares);
        sums[4] += weight * coverage.of(rows, shares, generated);
    }

    private static void add(Verdict verdict, double weight, double[] sums) {
        sums[1] += weight * verdict.loss();
        sums[2] += weight * verdict.realAccuracy();
        sums[3] += weight * verdict.generatedAccuracy();
    }
}
