package io.github.sparklatent.mixture;

import io.github.sparklatent.linalg.Rows;
import org.ejml.data.DMatrixRMaj;

/**
 * The distributions of one column in the components of a mixture and in the whole of it: means and a deviation of a
 * number or a count, or shares of the levels of a category.
 *
 * @param deviation the standard deviation of a number or a count; of t distributions, the scale takes the place of the
 *     variance, which may not exist
 * @param shares probabilities of the levels, k × levels; null if the column is no category
 */
public record ColumnSummary(CellFamily family, double[] means, double mean, double deviation, DMatrixRMaj shares) {

    public static ColumnSummary of(MixedMixture mixture, int column) {
        CellFamily family = mixture.columns().get(column).family();
        int components = mixture.components();
        if (family == CellFamily.CATEGORICAL) {
            return new ColumnSummary(family, null, 0, 0, mixture.parameters(column));
        }
        double[] means = new double[components];
        double[] variances = new double[components];
        int place = MixedColumns.place(mixture.columns().gaussian(), column);
        for (int k = 0; k < components; k++) {
            if (place >= 0) {
                means[k] = mixture.gaussian().means().get(k, place);
                variances[k] = mixture.gaussian().variance(k, place);
            } else {
                double[] own = Rows.row(mixture.parameters(column), k);
                boolean student = family == CellFamily.STUDENT_T;
                MixedColumns.Column of = mixture.columns().get(column);
                means[k] = student ? own[StudentCells.LOCATION] : DiscreteCells.expected(of, own);
                variances[k] = student ? own[StudentCells.SCALE] : DiscreteCells.variance(of, own);
            }
        }
        double mean = 0;
        for (int k = 0; k < components; k++) {
            mean += mixture.weight(k) * means[k];
        }
        double variance = 0;
        for (int k = 0; k < components; k++) {
            double from = means[k] - mean;
            variance += mixture.weight(k) * (variances[k] + from * from);
        }
        return new ColumnSummary(family, means, mean, Math.sqrt(variance), null);
    }
}
