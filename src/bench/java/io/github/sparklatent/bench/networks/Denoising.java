package io.github.sparklatent.bench.networks;

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
 * Mean squared errors of digits against the clean ones, over rows that were not trained on.
 *
 * @param damaged of the damaged rows
 * @param restored of what a denoising autoencoder makes of them
 * @param byMixture of what a denoising variational autoencoder with mixtures makes of them
 */
record Denoising(double damaged, double restored, double byMixture) {
    /** Deviation of the noise, where grey values go from 0 to 1. */
    static final double NOISE = 0.3;

    /** Of the mixtures. */
    static final int COMPONENTS = 10;

    private static final double PASSES = 100;
    private static final int BATCH = 64;
    private static final double HELD_OUT = 0.2;
    private static final Corruption CORRUPTION = new Corruption(Corruption.Type.GAUSSIAN, NOISE);

    /** Trains on four fifths of the clean rows, restores the others. */
    static Denoising of(FMatrixRMaj rows, long seed) {
        int split = (int) (rows.numRows * (1 - HELD_OUT));
        FMatrixRMaj train = Matrices.part(rows, 0, split);
        FMatrixRMaj clean = Matrices.part(rows, split, rows.numRows);
        FMatrixRMaj damaged = clean.copy();
        RandomGenerator random = RandomStreams.of(seed, Purpose.NOISE);
        for (int i = 0; i < damaged.data.length; i++) {
            damaged.data[i] += (float) (NOISE * random.nextGaussian());
        }
        return new Denoising(
                Matrices.meanSquaredError(clean, damaged),
                Matrices.meanSquaredError(clean, restored(autoencoder(train, seed), damaged)),
                Matrices.meanSquaredError(clean, restored(mixture(train, seed), damaged)));
    }

    private static TrainedNetwork autoencoder(FMatrixRMaj train, long seed) {
        Architecture architecture = architecture(train);
        AutoencoderOptions options = AutoencoderOptions.DEFAULT.withCorruption(CORRUPTION);
        return InMemory.train(
                Kind.AUTOENCODER,
                architecture,
                new AutoencoderObjective(architecture, options),
                train,
                PASSES,
                BATCH,
                seed);
    }

    private static TrainedNetwork mixture(FMatrixRMaj train, long seed) {
        Architecture architecture = architecture(train).withComponents(COMPONENTS);
        VariationalOptions options = VariationalOptions.DEFAULT.withCorruption(CORRUPTION);
        return InMemory.train(
                Kind.MIXTURE,
                architecture,
                new MixtureVariationalObjective(architecture, options, MixtureStage.JOINT),
                train,
                PASSES,
                BATCH,
                seed);
    }

    private static Architecture architecture(FMatrixRMaj rows) {
        return Architectures.dense(rows.numCols, 32, Activation.RELU, 256);
    }

    private static FMatrixRMaj restored(TrainedNetwork network, FMatrixRMaj damaged) {
        FMatrixRMaj restored = new FMatrixRMaj(0, 0);
        network.scorer(damaged.numRows, ScoringOptions.DEFAULT).reconstruct(damaged, restored);
        return restored;
    }
}
