package io.github.sparklatent.bench.useful;

import io.github.sparklatent.bench.data.Matrices;
import io.github.sparklatent.bench.training.Architectures;
import io.github.sparklatent.bench.training.InMemory;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.latent.Corruption;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.AutoencoderObjective;
import io.github.sparklatent.vae.objective.AutoencoderOptions;
import io.github.sparklatent.vae.objective.MixtureStage;
import io.github.sparklatent.vae.objective.MixtureVariationalObjective;
import io.github.sparklatent.vae.objective.VariationalOptions;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * Mean squared errors of digits against the clean digits, for rows that were not trained on.
 *
 * @param noisy error of the noisy rows
 * @param byAutoencoder error after a denoising autoencoder
 * @param byMixture error after a denoising MoG-VAE
 */
record Denoising(double noisy, double byAutoencoder, double byMixture) {
    /** Deviation of the noise; grey values are in [0, 1]. */
    static final double NOISE = 0.3;

    static final int COMPONENTS = 10;

    private static final double EPOCHS = 100;
    private static final int BATCH = 64;
    private static final double HELD_OUT = 0.2;
    private static final Corruption CORRUPTION = new Corruption(Corruption.Type.GAUSSIAN, NOISE);

    /** Trains on four fifths of the clean rows and denoises the others. */
    static Denoising of(FMatrixRMaj rows, long seed) {
        int split = (int) (rows.numRows * (1 - HELD_OUT));
        FMatrixRMaj train = Matrices.part(rows, 0, split);
        FMatrixRMaj clean = Matrices.part(rows, split, rows.numRows);
        FMatrixRMaj noisy = clean.copy();
        RandomGenerator random = RandomStreams.of(seed, Purpose.NOISE);
        for (int i = 0; i < noisy.data.length; i++) {
            noisy.data[i] += (float) (NOISE * random.nextGaussian());
        }
        return new Denoising(
                Matrices.meanSquaredError(clean, noisy),
                Matrices.meanSquaredError(clean, denoised(autoencoder(train, seed), noisy)),
                Matrices.meanSquaredError(clean, denoised(mixture(train, seed), noisy)));
    }

    private static TrainedNetwork autoencoder(FMatrixRMaj train, long seed) {
        Architecture architecture = architecture(train);
        AutoencoderOptions options = AutoencoderOptions.DEFAULT.withCorruption(CORRUPTION);
        AutoencoderObjective objective = new AutoencoderObjective(architecture, options);
        return InMemory.train(Kind.AUTOENCODER, architecture, objective, train, EPOCHS, BATCH, seed);
    }

    private static TrainedNetwork mixture(FMatrixRMaj train, long seed) {
        Architecture architecture = architecture(train).withComponents(COMPONENTS);
        VariationalOptions options = VariationalOptions.DEFAULT.withCorruption(CORRUPTION);
        MixtureVariationalObjective objective =
                new MixtureVariationalObjective(architecture, options, MixtureStage.JOINT);
        return InMemory.train(Kind.MIXTURE, architecture, objective, train, EPOCHS, BATCH, seed);
    }

    private static Architecture architecture(FMatrixRMaj rows) {
        return Architectures.dense(rows.numCols, 32, Activation.RELU, 256);
    }

    private static FMatrixRMaj denoised(TrainedNetwork network, FMatrixRMaj noisy) {
        FMatrixRMaj denoised = new FMatrixRMaj(0, 0);
        network.scorer(noisy.numRows, ScoringOptions.DEFAULT).reconstruct(noisy, denoised);
        return denoised;
    }
}
