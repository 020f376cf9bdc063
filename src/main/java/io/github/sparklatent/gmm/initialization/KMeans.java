package io.github.sparklatent.gmm.initialization;

import io.github.sparklatent.gmm.em.GaussianMixtureEm;
import io.github.sparklatent.gmm.em.StatisticsLayout;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.ExpectationMaximization;
import io.github.sparklatent.learn.em.RowBlocks;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Lloyd's algorithm in the EM loop (Bishop 2006, section 9.1). The model is k × d centres. The objective is minus the
 * mean squared distance to the nearest centre. A centre without rows stays where it is.
 *
 * <p>MLlib's KMeans adds partial sums in the order in which they arrive, so its centres differ in the last bits from
 * run to run. An initialisation from them would not be reproducible.
 */
public final class KMeans implements ExpectationMaximization<DMatrixRMaj> {
    private final int components;

    public KMeans(int components) {
        this.components = components;
    }

    @Override
    public String description() {
        return "k-means K=" + components;
    }

    @Override
    public Expectation expectation(DMatrixRMaj centres) {
        return new Sums(centres);
    }

    @Override
    public double objective(double[] sums) {
        return GaussianMixtureEm.meanLogLikelihood(sums);
    }

    @Override
    public double weight(double[] sums) {
        return sums[StatisticsLayout.WEIGHT];
    }

    @Override
    public Update<DMatrixRMaj> update(DMatrixRMaj centres, double[] sums, RowBlocks data, int reinitialized) {
        DMatrixRMaj moved = centres.copy();
        int d = centres.numCols;
        for (int k = 0; k < components; k++) {
            double size = sums[StatisticsLayout.SIZES + k];
            for (int j = 0; j < d && size > 0; j++) {
                moved.data[k * d + j] += sums[StatisticsLayout.SIZES + components + k * d + j] / size;
            }
        }
        return new Update<>(moved, 0, List.of());
    }

    /** Head, sizes and sums in the layout of {@link StatisticsLayout}; the sums are taken around the centres. */
    private record Sums(DMatrixRMaj centres) implements Expectation {
        @Override
        public int length() {
            return StatisticsLayout.SIZES + centres.numRows * (1 + centres.numCols);
        }

        @Override
        public Accumulator accumulator() {
            CentreSearch search = new CentreSearch(centres);
            double[] statistics = new double[length()];
            return Accumulator.of(statistics, block -> {
                search.search(block.rows());
                int d = block.width();
                for (int i = 0; i < block.size(); i++) {
                    int k = search.nearest(i);
                    double weight = block.weight(i);
                    statistics[StatisticsLayout.LOG_LIKELIHOOD] -= weight * search.squaredDistance(i);
                    statistics[StatisticsLayout.WEIGHT] += weight;
                    statistics[StatisticsLayout.SIZES + k] += weight;
                    int at = StatisticsLayout.SIZES + centres.numRows + k * d;
                    for (int j = 0; j < d; j++) {
                        statistics[at + j] += weight * (block.rows().data[i * d + j] - centres.data[k * d + j]);
                    }
                }
                statistics[StatisticsLayout.ROWS] += block.count();
            });
        }
    }
}
