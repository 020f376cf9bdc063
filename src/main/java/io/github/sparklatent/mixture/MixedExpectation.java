package io.github.sparklatent.mixture;

import io.github.sparklatent.gmm.em.ComponentSums;
import io.github.sparklatent.gmm.em.StatisticsLayout;
import io.github.sparklatent.gmm.em.WeightedResponsibilities;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.LogSumExp;
import org.ejml.data.DMatrixRMaj;

/**
 * The E-step: assigns the rows to the components and sums the sufficient statistics.
 *
 * @param density the mixture of this round
 * @param layout places of the sums
 */
record MixedExpectation(MixedDensity density, MixedLayout layout) implements Expectation {
    @Override
    public int length() {
        return layout.length();
    }

    @Override
    public Accumulator accumulator() {
        return new Sums();
    }

    private final class Sums implements Accumulator {
        private final MixedDensity.Rows rows = density.rows();
        private final WeightedResponsibilities weighted =
                new WeightedResponsibilities(
                        (block, responsibilities, logLikelihoods) -> {
                            rows.load(block);
                            rows.joint(responsibilities);
                            LogSumExp.normalizeColumns(responsibilities, logLikelihoods);
                        });

        /** Null if there are no Gaussian columns. */
        private final ComponentSums gaussian =
                density.gaussian() == null
                        ? null
                        : ComponentSums.under(
                                density.gaussian(), layout.gaussian(), rows.densities());

        private final double[] statistics = new double[layout.length()];

        @Override
        public void add(Block block) {
            DMatrixRMaj r = weighted.add(block);
            if (gaussian == null) {
                addSizes(r);
            } else {
                gaussian.add(rows.numbers(), r);
            }
            for (int t = 0; t < layout.columns().discrete().length; t++) {
                addDiscrete(t, r);
            }
            for (int t = 0; t < layout.columns().robust().length; t++) {
                addRobust(t, block, r);
            }
        }

        private void addSizes(DMatrixRMaj r) {
            for (int k = 0; k < r.numRows; k++) {
                for (int i = k * r.numCols; i < (k + 1) * r.numCols; i++) {
                    statistics[StatisticsLayout.SIZES + k] += r.data[i];
                }
            }
        }

        private void addDiscrete(int t, DMatrixRMaj r) {
            int levels = layout.columns().get(layout.columns().discrete()[t]).levels();
            double[] histogram = new double[levels + 1]; // the last one is of missing cells
            int[] codes = rows.codes(t);
            int at = layout.discrete(t);
            for (int k = 0; k < r.numRows; k++) {
                System.arraycopy(statistics, at + k * levels, histogram, 0, levels);
                for (int i = 0; i < r.numCols; i++) {
                    histogram[codes[i]] += r.data[k * r.numCols + i];
                }
                System.arraycopy(histogram, 0, statistics, at + k * levels, levels);
            }
        }

        private void addRobust(int t, Block block, DMatrixRMaj r) {
            int column = layout.columns().robust()[t];
            DMatrixRMaj parameters = density.mixture().robust().get(t);
            for (int k = 0; k < r.numRows; k++) {
                double location = parameters.get(k, StudentCells.LOCATION);
                double scale = parameters.get(k, StudentCells.SCALE);
                double degrees = parameters.get(k, StudentCells.DEGREES);
                int at = layout.robust(t) + k * StudentCells.STATISTICS;
                for (int i = 0; i < r.numCols; i++) {
                    double y = block.rows().data[i * block.width() + column] - location;
                    if (!Double.isNaN(y)) {
                        double share = r.data[k * r.numCols + i];
                        double u = (degrees + 1) / (degrees + y * y / scale);
                        statistics[at] += share;
                        statistics[at + 1] += share * u;
                        statistics[at + 2] += share * u * y;
                        statistics[at + 3] += share * u * y * y;
                        statistics[at + 4] += share * (StrictMath.log(u) - u);
                    }
                }
            }
        }

        @Override
        public double[] statistics() {
            double[] all = statistics.clone();
            weighted.write(all);
            if (gaussian != null) {
                gaussian.write(all);
            }
            return all;
        }
    }
}
