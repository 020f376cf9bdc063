package io.github.sparklatent.ml;

import io.github.sparklatent.learn.PartitionRows;
import io.github.sparklatent.learn.PartitionWork;
import io.github.sparklatent.learn.Shards;
import io.github.sparklatent.vae.NetworkScorer;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;

/**
 * The figures that a trained network is judged by, over all rows. Draws follow from each row's
 * content, so they are the same however rows are placed.
 *
 * @param importanceSamples for the log-likelihood; 0: it is not measured
 */
public record NetworkMeasures(TrainedNetwork network, ScoringOptions options, int importanceSamples)
        implements PartitionWork {
    private static final int BATCH = 128;
    private static final int WEIGHT = 0;
    private static final int RECONSTRUCTION = 1;
    private static final int DIVERGENCE = 2;
    private static final int SQUARED_ERROR = 3;
    private static final int LOG_LIKELIHOOD = 4;
    private static final int SUMS = 5;

    @Override
    public int length() {
        return 0;
    }

    @Override
    public int sums() {
        return SUMS;
    }

    /** Measures by name: nats a row, and the squared error of a number as the network sees it. */
    public Map<String, Object> of(Shards rows, String description) {
        double[] sums = rows.run(description, this).sums();
        double weight = sums[WEIGHT];
        Map<String, Object> measures = new LinkedHashMap<>();
        if (!network.kind().hasPosterior()) {
            measures.put("loss", sums[RECONSTRUCTION] / weight);
        } else {
            measures.put("elbo", -(sums[RECONSTRUCTION] + sums[DIVERGENCE]) / weight);
            measures.put("reconstruction", sums[RECONSTRUCTION] / weight);
            measures.put("kl", sums[DIVERGENCE] / weight);
            if (importanceSamples > 0) {
                measures.put("logLikelihood", sums[LOG_LIKELIHOOD] / weight);
            }
        }
        measures.put("meanSquaredError", sums[SQUARED_ERROR] / weight);
        return measures;
    }

    @Override
    public PartitionResult run(int partition, PartitionRows rows) {
        NetworkScorer scorer = network.scorer(BATCH, options);
        int[] order = new int[rows.size()];
        Arrays.setAll(order, i -> i);
        FMatrixRMaj batch = new FMatrixRMaj(BATCH, scorer.width());
        float[] weights = new float[BATCH];
        double[][] figures = new double[SUMS][BATCH];
        double[] sums = new double[SUMS];
        for (int from = 0; from < order.length; from += BATCH) {
            int count = Math.min(BATCH, order.length - from);
            rows.gather(order, from, count, batch, weights);
            Arrays.fill(figures[WEIGHT], 0, count, 1);
            scorer.measure(batch, figures[RECONSTRUCTION], figures[DIVERGENCE]);
            scorer.reconstructionError(batch, figures[SQUARED_ERROR]);
            if (importanceSamples > 0) {
                scorer.logLikelihood(batch, importanceSamples, figures[LOG_LIKELIHOOD]);
            }
            for (int i = 0; i < count; i++) {
                for (int f = 0; f < SUMS; f++) {
                    sums[f] += weights[i] * figures[f][i];
                }
            }
        }
        return new PartitionResult(rows.weight(), new float[0], sums);
    }
}
