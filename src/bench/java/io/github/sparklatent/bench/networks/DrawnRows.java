package io.github.sparklatent.bench.networks;

import io.github.sparklatent.vae.NetworkSampler;
import io.github.sparklatent.vae.TrainedNetwork;
import org.ejml.data.FMatrixRMaj;

/** Rows drawn from trained networks. */
final class DrawnRows {
    private DrawnRows() {}

    /** E[x | z] at draws of z from the prior: what a discriminator judges, n × d. */
    static FMatrixRMaj of(TrainedNetwork network, int count, long seed) {
        NetworkSampler sampler = network.sampler(seed);
        int width = network.architecture().inputs();
        FMatrixRMaj rows = new FMatrixRMaj(count, width);
        double[] row = new double[width];
        for (int i = 0; i < count; i++) {
            sampler.mean(i, row);
            for (int j = 0; j < width; j++) {
                rows.data[i * width + j] = (float) row[j];
            }
        }
        return rows;
    }
}
