package io.github.sparklatent.mixture.em;

import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.mixture.DistinctValues;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.Responsibilities;
import io.github.sparklatent.mixture.StudentCells;
import io.github.sparklatent.mixture.gaussian.Centres;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * The E-step: assigns the rows to the components and sums the sufficient statistics.
 *
 * @param responsibilities responsibilities of each row
 * @param centres centres c_k of the Gaussian columns in the statistics; null if there are none
 * @param layout layout of the vector of sums
 * @param density mixture under which missing values are completed; null if all columns are Gaussian, all rows complete
 *     and covariances not factored
 */
public record MixtureExpectation(
        Responsibilities responsibilities, Centres centres, MixtureLayout layout, MixedDensity density)
        implements Expectation {
    /**
     * Share of a row below which a component is left out of the histograms. Of 20,000 components, at most 2e-8 of a row
     * is left out.
     */
    private static final double MIN_SHARE = 1e-12;

    /**
     * Responsibilities of a slice, or residuals of factored components: 1 MiB, so that a second-level cache holds them.
     */
    private static final int MAX_RESPONSIBILITIES = 1 << 17;

    private static final int MIN_HEIGHT = 32;

    /** Creates the expectation over complete rows of Gaussian columns. */
    public MixtureExpectation(Responsibilities responsibilities, Centres centres, MixtureLayout layout) {
        this(responsibilities, centres, layout, null);
    }

    /** Returns the expectation under the posterior of a mixture, with statistics centred at its means. */
    public static MixtureExpectation under(MixedDensity density) {
        return under(density, density);
    }

    /** Returns the expectation under a mixture with other responsibilities than its posterior. */
    public static MixtureExpectation under(MixedDensity density, Responsibilities responsibilities) {
        Centres centres = density.gaussian() == null ? null : density.gaussian().centres();
        return new MixtureExpectation(responsibilities, centres, MixtureLayout.of(density.mixture()), density);
    }

    @Override
    public int length() {
        return layout.length();
    }

    @Override
    public Accumulator accumulator() {
        return new Sums();
    }

    private final class Sums implements Accumulator {
        /** E-step and M-step share the densities, so that incomplete rows are evaluated once. */
        private final MixedDensity.EvaluatedRows rows = density == null ? null : density.rows();

        private final WeightedResponsibilities weighted = new WeightedResponsibilities(
                rows == null ? responsibilities.assigner() : responsibilities.assigner(rows));

        /** Null if there are no Gaussian columns. */
        private final ComponentSums gaussian = centres == null
                ? null
                : new ComponentSums(
                        layout.gaussian(),
                        centres,
                        density == null ? null : density.gaussian(),
                        rows == null ? null : rows.densities());

        private final double[] statistics = new double[layout.length()];
        private final int[] discrete = layout.columns().discrete();
        private final int[] student = layout.columns().student();

        /** y, u and E[log w] − log w + log(1 + ν⁻¹) − u of the values of a t distribution. */
        private double[] ys = new double[0];

        private double[] us = ys;
        private double[] ms = ys;

        /** E[log w] + log(1 + δ² / ν) of each component and t distribution. */
        private final double[][] meanLogs = meanLogs();

        private final int[] places =
                IntStream.range(0, discrete.length).map(layout::discrete).toArray();

        /** Rows of which a component has a share. */
        private int[] some = new int[0];

        @Override
        public void add(Block block) {
            boolean isFactored = layout.gaussian().type().isFactored();
            if (layout.isGaussian() && !isFactored) {
                addSlice(block);
            } else {
                int each = layout.components() * (isFactored ? block.width() : 1);
                block.slices(Math.max(MIN_HEIGHT, MAX_RESPONSIBILITIES / each)).forEach(this::addSlice);
            }
        }

        private void addSlice(Block block) {
            DMatrixRMaj r = weighted.add(block);
            if (gaussian == null) {
                Scatter.addSizes(r, statistics, StatisticsLayout.SIZES);
            } else {
                gaussian.add(rows == null ? block : rows.numbers(), r);
            }
            addDiscrete(block, r);
            for (int t = 0; t < student.length; t++) {
                addStudent(t, r);
            }
            if (!block.isComplete()) {
                addMissing(block, r);
            }
        }

        private double[][] meanLogs() {
            double[][] all = new double[student.length][layout.components()];
            for (int t = 0; t < all.length; t++) {
                DMatrixRMaj parameters = density.mixture().student().get(t);
                for (int k = 0; k < all[t].length; k++) {
                    double degrees = parameters.get(k, StudentCells.DEGREES);
                    all[t][k] = StudentCells.meanLog(0.5 * (degrees + 1)) + StrictMath.log1p(1 / degrees);
                }
            }
            return all;
        }

        private void addMissing(Block block, DMatrixRMaj r) {
            int d = block.width();
            int at = layout.missing(0);
            for (int i = 0; i < r.numCols; i++) {
                for (int j = 0; j < d; j++) {
                    if (Double.isNaN(block.rows().data[i * d + j])) {
                        for (int k = 0; k < r.numRows; k++) {
                            statistics[at + k * d + j] += r.data[k * r.numCols + i];
                        }
                    }
                }
            }
        }

        /** Adds to the histograms. If there are many components, most have no share of a row. */
        private void addDiscrete(Block block, DMatrixRMaj r) {
            int n = r.numCols;
            if (some.length < n) {
                some = new int[n];
            }
            for (int k = 0; k < r.numRows && discrete.length > 0; k++) {
                int count = 0;
                for (int i = 0; i < n; i++) {
                    if (r.data[k * n + i] > MIN_SHARE * block.weight(i)) {
                        some[count++] = i;
                    }
                }
                for (int t = 0; t < discrete.length; t++) {
                    addDiscrete(t, k, count, r);
                }
            }
        }

        private void addDiscrete(int t, int component, int count, DMatrixRMaj r) {
            int levels = layout.columns().get(discrete[t]).levels();
            int[] codes = rows.codes(t);
            int at = places[t] + component * levels;
            int from = component * r.numCols;
            for (int i = 0; i < count; i++) {
                int code = codes[some[i]];
                if (code < levels) { // others are cells without a level
                    statistics[at + code] += r.data[from + some[i]];
                }
            }
        }

        private void addStudent(int t, DMatrixRMaj r) {
            DMatrixRMaj parameters = density.mixture().student().get(t);
            DistinctValues of = rows.studentValues(t);
            int count = of.count();
            int[] places = of.places();
            double[] logs = rows.studentLogs(t);
            if (ys.length < count) {
                ys = new double[count];
                us = new double[count];
                ms = new double[count];
            }
            for (int k = 0; k < r.numRows; k++) {
                double location = parameters.get(k, StudentCells.LOCATION);
                double scale = parameters.get(k, StudentCells.SCALE);
                double degrees = parameters.get(k, StudentCells.DEGREES);
                int at = layout.student(t) + k * StudentCells.STATISTICS;
                for (int v = 0; v < count; v++) {
                    double y = of.values()[v] - location;
                    double u = (degrees + 1) / (degrees + y * y / scale);
                    ys[v] = y;
                    us[v] = u;
                    ms[v] = meanLogs[t][k] - logs[k * count + v] - u;
                }
                double[] sums = Arrays.copyOfRange(statistics, at, at + StudentCells.STATISTICS);
                addStudent(r.data, k * r.numCols, r.numCols, places, sums);
                System.arraycopy(sums, 0, statistics, at, sums.length);
            }
        }

        /** Adds the statistics of one component to seven sums, in the order of the rows. */
        private void addStudent(double[] shares, int from, int n, int[] places, double[] sums) {
            double s0 = sums[0];
            double s1 = sums[1];
            double s2 = sums[2];
            double s3 = sums[3];
            double s4 = sums[4];
            double s5 = sums[5];
            double s6 = sums[6];
            for (int i = 0; i < n; i++) {
                int v = places[i];
                if (v >= 0) {
                    double share = shares[from + i];
                    double y = ys[v];
                    double u = us[v];
                    double shared = share * u;
                    s0 += share;
                    s1 += shared;
                    s2 += shared * y;
                    s3 += shared * y * y;
                    s4 += share * ms[v];
                    s5 += shared * u;
                    s6 += shared * u * u;
                }
            }
            sums[0] = s0;
            sums[1] = s1;
            sums[2] = s2;
            sums[3] = s3;
            sums[4] = s4;
            sums[5] = s5;
            sums[6] = s6;
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
