package io.github.sparklatent.mixture;

import io.github.sparklatent.gmm.em.ComponentSums;
import io.github.sparklatent.gmm.em.StatisticsLayout;
import io.github.sparklatent.gmm.em.WeightedResponsibilities;
import io.github.sparklatent.gmm.model.Responsibilities;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.linalg.Block;
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
                new WeightedResponsibilities((Responsibilities.Assigner) rows);

        /** Null if there are no Gaussian columns. */
        private final ComponentSums gaussian =
                density.gaussian() == null
                        ? null
                        : ComponentSums.under(
                                density.gaussian(), layout.gaussian(), rows.densities());

        private final double[] statistics = new double[layout.length()];
        private final int[] discrete = layout.columns().discrete();
        private final int[] student = layout.columns().student();

        @Override
        public void add(Block block) {
            DMatrixRMaj r = weighted.add(block);
            if (gaussian == null) {
                addSizes(r);
            } else {
                gaussian.add(rows.numbers(), r);
            }
            for (int t = 0; t < discrete.length; t++) {
                addDiscrete(t, r);
            }
            for (int t = 0; t < student.length; t++) {
                addStudent(t, block, r);
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
            int levels = layout.columns().get(discrete[t]).levels();
            double[] histogram =
                    new double[levels + 2]; // the last ones are of cells without a level
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

        private void addStudent(int t, Block block, DMatrixRMaj r) {
            int column = student[t];
            DMatrixRMaj parameters = density.mixture().student().get(t);
            for (int k = 0; k < r.numRows; k++) {
                double location = parameters.get(k, StudentCells.LOCATION);
                double scale = parameters.get(k, StudentCells.SCALE);
                double degrees = parameters.get(k, StudentCells.DEGREES);
                int at = layout.student(t) + k * StudentCells.STATISTICS;
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
