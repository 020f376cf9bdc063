package io.github.sparklatent.ml.network.measure;

import io.github.sparklatent.ml.core.RowExplainer;
import io.github.sparklatent.nn.likelihood.Likelihood;
import io.github.sparklatent.vae.NetworkScorer;
import io.github.sparklatent.vae.Reconstruction;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * Explains rows by the reconstruction errors of their columns: log p(y_c | z) − log p(x_c | z),
 * where y is the reconstruction, with the most probable category of a category. So the unit of a
 * number does not matter. Networks give no quantiles.
 */
public final class NetworkExplainer implements RowExplainer {
    private static final int HEIGHT = 64;

    private final int[][] groups;
    private final NetworkScorer scorer;
    private final Likelihood likelihood;
    private final FMatrixRMaj batch = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj likely = new FMatrixRMaj(0, 0);
    private final double[] errors;
    private final double[] row;
    private final double[] mean;

    /**
     * Creates the buffers of one task.
     *
     * @param groups indices of each group's numbers
     */
    public NetworkExplainer(TrainedNetwork network, ScoringOptions options, int[][] groups) {
        this.groups = groups.clone();
        this.scorer = network.scorer(HEIGHT, options.withReconstruction(Reconstruction.MEAN));
        this.likelihood = network.architecture().likelihood();
        this.errors = new double[HEIGHT * groups.length];
        this.row = new double[scorer.width()];
        this.mean = new double[scorer.width()];
    }

    @Override
    public void evaluate(double[] rows, int n) {
        int width = scorer.width();
        batch.reshape(n, width);
        for (int i = 0; i < n * width; i++) {
            batch.data[i] = (float) rows[i];
        }
        scorer.reconstruct(batch, likely);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < width; j++) {
                mean[j] = likely.get(i, j);
            }
            Arrays.fill(row, Double.NaN);
            likelihood.complete(row, mean, j -> j);
            for (int j = 0; j < width; j++) {
                likely.set(i, j, (float) row[j]);
            }
        }
        scorer.columnErrors(batch, likely, groups, errors);
    }

    @Override
    public double contribution(int index, int group) {
        for (int column : groups[group]) {
            if (!Float.isNaN(batch.get(index, column))) {
                return Math.max(0, errors[index * groups.length + group]);
            }
        }
        return Double.NaN;
    }

    @Override
    public void expected(int index, int group, double[] to) {
        for (int column : groups[group]) {
            to[column] = likely.get(index, column);
        }
    }

    @Override
    public double quantile(int index, int group, int column, double probability) {
        return Double.NaN;
    }
}
