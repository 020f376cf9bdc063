package io.github.sparklatent.mixture.em;

import io.github.sparklatent.linalg.GammaFunctions;
import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.linear.LinearGaussian;
import io.github.sparklatent.mixture.CellFamily;
import io.github.sparklatent.mixture.DiscreteCells;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedColumns.Column;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.StudentCells;
import io.github.sparklatent.mixture.TestMixtures;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** The sums of the E-step by loops over rows, components and cells. */
final class NaiveExpectation {
    private final MixedMixture mixture;
    private final MixtureLayout layout;

    NaiveExpectation(MixedMixture mixture) {
        this.mixture = mixture;
        this.layout = MixtureLayout.of(mixture);
    }

    /** @param weights of the rows; null if they are 1 */
    double[] sums(DMatrixRMaj rows, double[] weights) {
        int components = mixture.components();
        MarginalMixture marginals = new MarginalMixture(mixture.gaussian());
        double[] sums = new double[layout.length()];
        for (int i = 0; i < rows.numRows; i++) {
            double[] row = Rows.row(rows, i);
            double[] numbers = mixture.columns().gaussian(row);
            double weight = weights == null ? 1 : weights[i];
            double[] joint = new double[components];
            Arrays.setAll(joint, k -> marginals.logJoint(numbers, k) + ofCells(row, k));
            double greatest = Arrays.stream(joint).max().orElseThrow();
            double total = greatest
                    + Math.log(Arrays.stream(joint)
                            .map(log -> Math.exp(log - greatest))
                            .sum());
            sums[StatisticsLayout.LOG_LIKELIHOOD] += weight * total;
            sums[StatisticsLayout.WEIGHT] += weight;
            sums[StatisticsLayout.ROWS]++;
            for (int k = 0; k < components; k++) {
                double share = weight * Math.exp(joint[k] - total);
                sums[StatisticsLayout.SIZES + k] += share;
                if (mixture.gaussian().factors() > 0) {
                    addLinear(
                            mixture.gaussian().linear(k),
                            numbers,
                            share,
                            sums,
                            layout.gaussian().scatter(k));
                } else {
                    addNumbers(marginals.completed(numbers, k), marginals.covariance(numbers, k), k, share, sums);
                }
                for (int j = 0; j < row.length; j++) {
                    addCell(j, k, row[j], share, sums);
                }
            }
        }
        return sums;
    }

    /** Returns sums and scatter of complete rows of numbers for given responsibilities, n × k. */
    double[] scatter(DMatrixRMaj rows, DMatrixRMaj shares) {
        double[] sums = new double[layout.gaussian().length()];
        for (int i = 0; i < rows.numRows; i++) {
            for (int k = 0; k < shares.numCols; k++) {
                sums[StatisticsLayout.SIZES + k] += shares.get(i, k);
                addNumbers(Rows.row(rows, i), new DMatrixRMaj(rows.numCols, rows.numCols), k, shares.get(i, k), sums);
            }
        }
        return sums;
    }

    private double ofCells(double[] row, int k) {
        double sum = 0;
        for (int j = 0; j < row.length; j++) {
            Column column = mixture.columns().get(j);
            if (Double.isNaN(row[j]) || column.family() == CellFamily.GAUSSIAN) {
                continue;
            }
            double[] own = Rows.row(mixture.parameters(j), k);
            if (column.family() == CellFamily.STUDENT_T) {
                double scale = Math.sqrt(own[StudentCells.SCALE]);
                sum += new TDistribution(null, own[2]).logDensity((row[j] - own[0]) / scale) - Math.log(scale);
            } else {
                int code = column.code(row[j]);
                sum += DiscreteCells.logDensities(column.family(), own, column.levels())[code];
                if (column.bins() != null) { // a thousandth of the outer bins is beyond them
                    double width = TestMixtures.KNOTS.get(code + 1) - TestMixtures.KNOTS.get(code);
                    sum += Math.log((code % (column.levels() - 1) == 0 ? 0.999 : 1) / width);
                }
            }
        }
        return sum;
    }

    /** E[x − c] and E[(x − c) (x − c)ᵀ], of which the form keeps a triangle or the diagonal. */
    private void addNumbers(double[] completed, DMatrixRMaj covariance, int k, double share, double[] sums) {
        int at = layout.gaussian().scatter(mixture.gaussian().type() == CovarianceType.TIED ? 0 : k);
        double[] mean = Rows.row(mixture.gaussian().means(), k);
        int d = mean.length;
        for (int a = 0; a < d; a++) {
            sums[layout.gaussian().sums() + k * d + a] += share * (completed[a] - mean[a]);
            for (int b = a; b < (mixture.gaussian().type().isSquare() ? d : a + 1); b++) {
                double square = (completed[a] - mean[a]) * (completed[b] - mean[b]);
                sums[at++] += share * (square + covariance.get(a, b));
            }
        }
    }

    /** Adds the sums of a factor model, by its dense covariance C = W Wᵀ + Ψ of the observed columns. */
    private static void addLinear(LinearGaussian model, double[] row, double share, double[] sums, int at) {
        int d = row.length;
        int l = model.latent();
        int[] observed =
                IntStream.range(0, d).filter(j -> !Double.isNaN(row[j])).toArray();
        DMatrixRMaj w = new DMatrixRMaj(observed.length, l);
        DMatrixRMaj y = new DMatrixRMaj(observed.length, 1);
        for (int o = 0; o < observed.length; o++) {
            y.set(o, 0, row[observed[o]] - model.mean()[observed[o]]);
            CommonOps_DDRM.extract(model.loadings(), observed[o], observed[o] + 1, 0, l, w, o, 0);
        }
        DMatrixRMaj c = CommonOps_DDRM.multTransB(w, w, null);
        for (int o = 0; o < observed.length; o++) {
            c.add(o, o, model.noise(observed[o]));
        }
        if (observed.length > 0) {
            CommonOps_DDRM.invert(c);
        }
        DMatrixRMaj gain = CommonOps_DDRM.multTransA(w, c, null);
        DMatrixRMaj z = CommonOps_DDRM.mult(gain, y, null);
        DMatrixRMaj covariance = CommonOps_DDRM.identity(l);
        CommonOps_DDRM.multAdd(-1, gain, w, covariance);
        if (observed.length == d) { // the driver adds the covariance of complete rows
            sums[at + 1] += share;
            covariance.zero();
        }
        sums[at] += share;
        int moments = at + 2 + l;
        for (int i = 0; i < l; i++) {
            sums[at + 2 + i] += share * z.get(i);
            for (int k = i; k < l; k++) {
                sums[moments + i * l + k] += share * (z.get(i) * z.get(k) + covariance.get(i, k));
            }
        }
        int products = moments + l * l;
        int squares = products + d * (l + 1);
        DMatrixRMaj fitted = CommonOps_DDRM.mult(w, z, null);
        DMatrixRMaj explained = CommonOps_DDRM.mult(w, covariance, null);
        DMatrixRMaj variances = CommonOps_DDRM.multTransB(explained, w, null);
        for (int j = 0; j < d; j++) {
            int o = Arrays.binarySearch(observed, j);
            if (o < 0) {
                sums[squares + j] += share;
                continue;
            }
            double deviation = Math.sqrt(model.noise(j));
            double residual = (y.get(o) - fitted.get(o)) / deviation;
            for (int i = 0; i < l; i++) {
                sums[products + j * (l + 1) + i] += share * (residual * z.get(i) - explained.get(o, i) / deviation);
            }
            sums[products + j * (l + 1) + l] += share * residual;
            sums[squares + j] += share * (residual * residual + variances.get(o, o) / model.noise(j));
        }
    }

    private void addCell(int column, int k, double x, double share, double[] sums) {
        int table = MixedColumns.place(mixture.columns().discrete(), column);
        if (Double.isNaN(x)) {
            sums[layout.missing(k) + column] += share;
        } else if (table >= 0) {
            Column of = mixture.columns().get(column);
            sums[layout.discrete(table) + k * of.levels() + of.code(x)] += share;
        } else if (mixture.columns().get(column).family() == CellFamily.STUDENT_T) {
            double[] t = Rows.row(mixture.parameters(column), k);
            double y = x - t[0];
            double u = (t[2] + 1) / (t[2] + y * y / t[1]);
            double half = 0.5 * (t[2] + 1);
            double log = GammaFunctions.digamma(half) - Math.log(half) + Math.log(u);
            double[] terms = {1, u, u * y, u * y * y, log - u, u * u, u * u * u};
            for (int i = 0; i < terms.length; i++) {
                sums[layout.student(0) + k * terms.length + i] += share * terms[i];
            }
        }
    }
}
