package io.github.sparklatent.bench.training;

import io.github.sparklatent.learn.averaging.PartitionRows;
import io.github.sparklatent.learn.averaging.PartitionWork;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.vae.NetworkScorer;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/**
 * The mean of log p(x) over binarised rows, by importance samples (Burda, Grosse and Salakhutdinov 2016, section 5).
 *
 * @param samples of z for each row
 * @param share of each partition's rows that are measured, in (0, 1]
 */
record ImportanceSamples(TrainedNetwork network, int samples, double share) implements PartitionWork {
    private static final int BATCH = 16;
    private static final float[] NOTHING = {};

    /** Returns nats per row. */
    double mean(Shards rows) {
        double[] sums =
                rows.run("log-likelihood by " + samples + " samples", this).sums();
        return sums[0] / sums[1];
    }

    @Override
    public int length() {
        return 0;
    }

    @Override
    public int sums() {
        return 2;
    }

    @Override
    public PartitionResult run(int partition, PartitionRows rows) {
        int count = (int) Math.ceil(share * rows.size());
        int[] order = IntStream.range(0, count).toArray();
        NetworkScorer scorer = network.scorer(BATCH, ScoringOptions.DEFAULT.withBinarize(true));
        FMatrixRMaj batch = new FMatrixRMaj(BATCH, rows.width());
        float[] weights = new float[BATCH];
        double[] logLikelihood = new double[BATCH];
        double sum = 0;
        for (int from = 0; from < count; from += BATCH) {
            int size = Math.min(BATCH, count - from);
            rows.gather(order, from, size, batch, weights);
            scorer.logLikelihood(batch, samples, logLikelihood);
            for (int i = 0; i < size; i++) {
                sum += logLikelihood[i];
            }
        }
        return new PartitionResult(rows.weight(), NOTHING, new double[] {sum, count});
    }
}
