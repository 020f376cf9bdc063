package io.github.sparklatent.vae;

import io.github.sparklatent.linalg.FloatProducts;
import org.ejml.data.FMatrixRMaj;

/**
 * What the scorer of a kind of network computes with in one task.
 *
 * @param networks of the model
 * @param parameters of the networks. Not modified.
 * @param options of all measures
 * @param maxRows rows of a batch at most
 * @param streams of the rows of a batch
 * @param products that the networks share
 * @param decoder of a batch of codes
 */
record ScoringTask(
        Networks networks,
        float[] parameters,
        ScoringOptions options,
        int maxRows,
        RowStreams streams,
        FloatProducts products,
        DecoderPass decoder) {
    static ScoringTask of(
            Networks networks, float[] parameters, ScoringOptions options, int maxRows) {
        FloatProducts products = new FloatProducts();
        return new ScoringTask(
                networks,
                parameters,
                options,
                maxRows,
                new RowStreams(maxRows, networks.inputs()),
                products,
                new DecoderPass(networks, maxRows, products));
    }

    /** mean ← E[x | z] of a batch of codes, n × l; of n × d on return. */
    void decode(FMatrixRMaj codes, FMatrixRMaj mean) {
        mean.reshape(codes.numRows, networks.inputs());
        decoder.decode(parameters, codes);
        decoder.mean(parameters, mean);
    }
}
