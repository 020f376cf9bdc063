package io.github.sparklatent.ml.network.measure;

import io.github.sparklatent.gan.GameObjective;
import io.github.sparklatent.learn.averaging.Evaluation;
import io.github.sparklatent.learn.averaging.PartitionRows;
import io.github.sparklatent.learn.averaging.PartitionWork;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.nn.Missing;
import io.github.sparklatent.nn.likelihood.Likelihood;
import io.github.sparklatent.report.LatentSection;
import io.github.sparklatent.vae.NetworkScorer;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/**
 * Computes the metrics of a trained network over all rows. Random draws depend on the content of each row, so the
 * metrics do not depend on the placement of rows.
 *
 * @param importanceSamples draws for the estimate of the log-likelihood; 0: it is not estimated
 * @param game adversarial objective of the training; null if there was no discriminator
 */
public record NetworkMeasures(
        TrainedNetwork network, ScoringOptions options, int importanceSamples, StochasticObjective game)
        implements PartitionWork {
    private static final int BATCH = 128;
    private static final int WEIGHT = 0;
    private static final int RECONSTRUCTION = 1;
    private static final int DIVERGENCE = 2;
    private static final int SQUARED_ERROR = 3;
    private static final int LOG_LIKELIHOOD = 4;
    private static final int VALUES = 5;
    private static final int SUMS = 6;

    /** Returns the number of metrics, and of the moments of the mean codes: Σ μ and Σ μ² of each latent dimension. */
    @Override
    public int sums() {
        return SUMS
                + (network.kind().hasPosterior() ? 2 * network.architecture().latent() : 0);
    }

    /** Returns the measures by name, in nats per row, and the squared error per scaled feature. */
    public Map<String, Object> of(Shards rows, String description) {
        Map<String, Object> measures = new LinkedHashMap<>();
        if (network.kind().hasEncoder()) {
            addFigures(rows.run(description, this).sums(), measures);
        }
        if (game != null) {
            List<Double> means = Evaluation.of(game, List.of(network.parameters()))
                    .means(rows, description + ", discriminator")
                    .get(0);
            for (String name : GameObjective.GAME_MEASURES) {
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
            if (sums[VALUES] > 0) {
                double bits = (sums[RECONSTRUCTION] + sums[DIVERGENCE]) / StrictMath.log(2);
                measures.put("bitsPerValue", bits / sums[VALUES]);
            }
            measures.put("activeUnits", activeUnits(sums));
        } else {
            measures.put("loss", sums[RECONSTRUCTION] / weight);
        }
        measures.put("meanSquaredError", sums[SQUARED_ERROR] / weight);
    }

    /** Returns the number of values of a row; NaN if not all but those of conditions are, or are drawn as, whole. */
    private double values(Likelihood likelihood, FMatrixRMaj batch, int row) {
        for (int j = 0; j < batch.numCols; j++) {
            float value = batch.unsafe_get(row, j);
            boolean isWhole = value == Math.rint(value) || options.binarize() && !Missing.is(value);
            if (!isWhole && !likelihood.conditions().contains(j)) {
                return Double.NaN;
            }
        }
        return likelihood.values();
    }

    /** Counts the latent dimensions with Var_x(E[z | x]) > 0.01. */
    private static long activeUnits(double[] sums) {
        return IntStream.iterate(SUMS, at -> at < sums.length, at -> at + 2)
                .filter(at -> {
                    double mean = sums[at] / sums[WEIGHT];
                    return sums[at + 1] / sums[WEIGHT] - mean * mean > LatentSection.ACTIVE;
                })
                .count();
    }

    @Override
    public PartitionResult run(int partition, PartitionRows rows) {
        NetworkScorer scorer = network.scorer(BATCH, options);
        double[][] metrics = new double[SUMS][BATCH];
        Arrays.fill(metrics[WEIGHT], 1);
        double[] sums = new double[sums()];
        rows.forEachBatch(BATCH, (batch, weights) -> add(scorer, batch, weights, metrics, sums));
        return new PartitionResult(rows.weight(), new float[0], sums);
    }

    /**
     * Adds the weighted metrics of a batch.
     *
     * @param metrics buffers of the metrics of each row; those of the weight are 1
     * @param sums Modified: the metrics are added.
     */
    private void add(NetworkScorer scorer, FMatrixRMaj batch, float[] weights, double[][] metrics, double[] sums) {
        scorer.measure(batch, metrics[RECONSTRUCTION], metrics[DIVERGENCE]);
        scorer.reconstructionError(batch, metrics[SQUARED_ERROR]);
        if (importanceSamples > 0) {
            scorer.logLikelihood(batch, importanceSamples, metrics[LOG_LIKELIHOOD]);
        }
        Likelihood likelihood = network.architecture().likelihood();
        boolean isCounted = likelihood.numbers().isEmpty(); // else some columns have a density
        for (int i = 0; i < batch.numRows; i++) {
            metrics[VALUES][i] = isCounted ? values(likelihood, batch, i) : Double.NaN;
            for (int f = 0; f < SUMS; f++) {
                sums[f] += weights[i] * metrics[f][i];
            }
        }
        if (network.kind().hasPosterior()) {
            FMatrixRMaj codes = new FMatrixRMaj(0, 0);
            scorer.encode(batch, codes);
            for (int at = 0; at < codes.getNumElements(); at++) {
                double code = codes.data[at];
                int place = SUMS + 2 * (at % codes.numCols);
                sums[place] += weights[at / codes.numCols] * code;
                sums[place + 1] += weights[at / codes.numCols] * code * code;
            }
        }
    }
}
