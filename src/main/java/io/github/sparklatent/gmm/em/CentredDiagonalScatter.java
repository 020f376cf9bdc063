package io.github.sparklatent.gmm.em;

import io.github.sparklatent.gmm.model.Centres;
import io.github.sparklatent.linalg.Block;
import org.ejml.data.DMatrixRMaj;

/**
 * The diagonals of the scatter matrices around the centre of each component, for components whose distance from the
 * origin is large compared to their deviations.
 */
final class CentredDiagonalScatter implements Scatter {
    private final StatisticsLayout layout;
    private final int[] components;
    private final DMatrixRMaj means;
    private final double[] sizes;
    private final double[] sums;
    private final double[] squares;

    CentredDiagonalScatter(StatisticsLayout layout, Centres centres, int[] components) {
        this.layout = layout;
        this.components = components;
        this.means = centres.means();
        this.sizes = new double[layout.components()];
        this.sums = new double[layout.components() * layout.dimension()];
        this.squares = new double[sums.length];
    }

    @Override
    public void add(Block block, DMatrixRMaj responsibilities) {
        Scatter.addSizes(responsibilities, sizes);
        int n = block.size();
        for (int k : components) {
            for (int i = 0; i < n; i++) {
                double responsibility = responsibilities.data[k * n + i];
                if (responsibility != 0) {
                    add(block.rows().data, i, k, responsibility);
                }
            }
        }
    }

    private void add(double[] x, int row, int component, double responsibility) {
        int d = layout.dimension();
        int from = row * d;
        int at = component * d;
        for (int j = 0; j < d; j++) {
            double difference = x[from + j] - means.data[at + j];
            double weighted = responsibility * difference;
            sums[at + j] += weighted;
            squares[at + j] = Math.fma(weighted, difference, squares[at + j]);
        }
    }

    @Override
    public void write(double[] statistics) {
        int d = layout.dimension();
        for (int k : components) {
            statistics[StatisticsLayout.SIZES + k] = sizes[k];
            System.arraycopy(sums, k * d, statistics, layout.sums() + k * d, d);
            System.arraycopy(squares, k * d, statistics, layout.scatter(k), d);
        }
    }
}
