package io.github.sparklatent.ml.network.measure;

import io.github.sparklatent.gan.AdversarialMeasures;
import io.github.sparklatent.learn.averaging.Evaluation;
import io.github.sparklatent.learn.averaging.PartitionRows;
import io.github.sparklatent.learn.averaging.PartitionWork;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.vae.NetworkScorer;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;

/**
 * The figures that a trained network is judged by, over all rows. Draws follow from each row's
 * content, so they are the same however rows are placed; but for the coverage of a game, which is
 * one of the rows that lie together.
 *
 * @param importanceSamples for the log-likelihood; 0: it is not measured
 * @param game that the network was trained by; null where it was none
 */
public record NetworkMeasures(
        TrainedNetwork network,
        ScoringOptions options,
        int importanceSamples,
        StochasticObjective game)
        implements PartitionWork {
    /** What a game is judged by, whatever else its objective has. */
    private static final List<String> OF_A_GAME =
            List.of(
                    AdversarialMeasures.GENERATOR_LOSS,
                    AdversarialMeasures.DISCRIMINATOR_LOSS,
                    AdversarialMeasures.REAL_ACCURACY,
                    AdversarialMeasures.FAKE_ACCURACY,
                    AdversarialMeasures.COVERAGE);

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
        Map<String, Object> measures = new LinkedHashMap<>();
        if (network.kind().hasEncoder()) {
            addFigures(rows.run(description, this).sums(), measures);
        }
        if (game != null) {
            List<Double> means =
                    Evaluation.of(game, List.of(network.parameters()))
                            .means(rows, description + ", the game")
                            .get(0);
            for (String name : OF_A_GAME) {
                measures.put(name, means.get(game.measures().indexOf(name)));
            }
        }
        return measures;
    }

    private void addFigures(double[] sums, Map<String, Object> measures) {
        double weight = sums[WEIGHT];
        if (network.kind().hasPosterior()) {
            measures.put("elbo", -(sums[RECONSTRUCTION] + sums[DIVERGENCE]) / weight);
            measures.put("reconstruction", sums[RECONSTRUCTION] / weight);
            measures.put("kl", sums[DIVERGENCE] / weight);
            if (importanceSamples > 0) {
                measures.put("logLikelihood", sums[LOG_LIKELIHOOD] / weight);
            }
        } else {
            measures.put("loss", sums[RECONSTRUCTION] / weight);
        }
        measures.put("meanSquaredError", sums[SQUARED_ERROR] / weight);
    }

    @Override
    public PartitionResult run(int partition, PartitionRows rows) {
        NetworkScorer scorer = network.scorer(BATCH, options);
        double[][] figures = new double[SUMS][BATCH];
        Arrays.fill(figures[WEIGHT], 1);
        double[] sums = new double[SUMS];
        rows.forEachBatch(BATCH, (batch, weights) -> add(scorer, batch, weights, figures, sums));
        return new PartitionResult(rows.weight(), new float[0], sums);
    }

    /**
     * @param figures a buffer, of each row but the weight's, which are 1
     * @param sums added to
     */
    private void add(
            NetworkScorer scorer,
            FMatrixRMaj batch,
            float[] weights,
            double[][] figures,
            double[] sums) {
        scorer.measure(batch, figures[RECONSTRUCTION], figures[DIVERGENCE]);
        scorer.reconstructionError(batch, figures[SQUARED_ERROR]);
        if (importanceSamples > 0) {
            scorer.logLikelihood(batch, importanceSamples, figures[LOG_LIKELIHOOD]);
        }
        for (int i = 0; i < batch.numRows; i++) {
            for (int f = 0; f < SUMS; f++) {
                sums[f] += weights[i] * figures[f][i];
            }
        }
    }
}
