package io.github.sparklatent.bench.networks;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.vae.Architecture;
import io.github.sparklatent.vae.AutoencoderObjective;
import io.github.sparklatent.vae.AutoencoderOptions;
import io.github.sparklatent.vae.Corruption;
import io.github.sparklatent.vae.Kind;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * Mean squared errors of digits against the clean ones, over rows that were not trained on.
 *
 * @param damaged of the damaged rows
 * @param restored of what a denoising autoencoder makes of them
 */
record Denoising(double damaged, double restored) {
    /** Deviation of the noise, where grey values go from 0 to 1. */
    static final double NOISE = 0.3;

    private static final double PASSES = 100;
    private static final double HELD_OUT = 0.2;

    /** Trains on four fifths of the clean rows, restores the others. */
    static Denoising of(FMatrixRMaj rows, long seed) {
        int split = (int) (rows.numRows * (1 - HELD_OUT));
        FMatrixRMaj clean = Matrices.part(rows, split, rows.numRows);
        FMatrixRMaj damaged = clean.copy();
        RandomGenerator random = RandomStreams.of(seed, Purpose.NOISE);
        for (int i = 0; i < damaged.data.length; i++) {
            damaged.data[i] += (float) (NOISE * random.nextGaussian());
        }
        Architecture architecture = Architectures.dense(rows.numCols, 32, Activation.RELU, 256);
        Corruption corruption = new Corruption(Corruption.Type.GAUSSIAN, NOISE);
        TrainedNetwork network =
                InMemory.train(
                        Kind.AUTOENCODER,
                        architecture,
                        new AutoencoderObjective(
                                architecture,
                                AutoencoderOptions.DEFAULT.withCorruption(corruption)),
                        Matrices.part(rows, 0, split),
                        PASSES,
                        64,
                        seed);
        FMatrixRMaj restored = new FMatrixRMaj(0, 0);
        network.scorer(damaged.numRows, ScoringOptions.DEFAULT).reconstruct(damaged, restored);
        return new Denoising(error(clean, damaged), error(clean, restored));
    }

    private static double error(FMatrixRMaj a, FMatrixRMaj b) {
        double sum = 0;
        for (int i = 0; i < a.getNumElements(); i++) {
            double difference = a.data[i] - b.data[i];
            sum += difference * difference;
        }
        return sum / a.getNumElements();
    }
}
