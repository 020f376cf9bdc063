package io.github.sparklatent.linear;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.em.ColumnMoments;
import io.github.sparklatent.learn.em.RowBlocks;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * The means and variances of the columns, from which EM starts. Missing values are left out.
 *
 * @param means d numbers
 * @param variances d numbers
 */
record LinearStart(double[] means, double[] variances) {
    /**
     * Collects the moments in two traversals. The second one is around the means, so no digits cancel.
     *
     * @throws DataException if the rows do not vary or their squares are not in the range of numbers
     */
    static LinearStart of(RowBlocks data) {
        ColumnMoments rough = new ColumnMoments(new double[data.width()]);
        double[] around = rough.means(data.sums("means of the columns", rough).sums());
        ColumnMoments moments = new ColumnMoments(around);
        double[] sums = data.sums("variances of the columns", moments).sums();
        LinearStart start = new LinearStart(moments.means(sums), moments.variances(sums));
        double total = start.total();
        if (!Double.isFinite(total)) {
            throw Variation.tooLarge();
        }
        Variation.require(data, start.means, total);
        return start;
    }

    double total() {
        return Arrays.stream(variances).sum();
    }

    /** Returns the lower bounds of the noise variances. */
    double[] bounds(LinearOptions options) {
        if (options.isotropic()) {
            return new double[] {options.regularization()};
        }
        double mean = total() / variances.length;
        double[] bounds = new double[variances.length];
        for (int j = 0; j < bounds.length; j++) { // a constant column gets a bound above 0, too
            bounds[j] = options.regularization() * (variances[j] > 0 ? variances[j] : mean);
            if (!(bounds[j] > 0 || variances[j] > 0)) {
                throw new DataException(
                        "column %d of the features is constant and the regularization is 0, so it has no noise to estimate: use a regularization above 0 or leave the column out"
                                .formatted(j));
            }
        }
        return bounds;
    }

    /**
     * Returns the model that EM starts from: random loadings that explain about half of the variance of each column.
     *
     * @param bounds lower bounds of the noise variances. Not modified.
     */
    LinearGaussian model(LinearOptions options, double[] bounds) {
        int d = means.length;
        int l = options.latent();
        double mean = total() / d;
        RandomGenerator random = RandomStreams.of(options.seed(), Purpose.WEIGHTS);
        DMatrixRMaj loadings = new DMatrixRMaj(d, l);
        for (int j = 0; j < d; j++) {
            double half = (options.isotropic() ? mean : variances[j]) / 2;
            double length = Math.sqrt(half / l);
            for (int i = 0; i < l; i++) {
                loadings.data[j * l + i] = length * random.nextGaussian();
            }
        }
        double[] noise = new double[bounds.length];
        for (int j = 0; j < noise.length; j++) {
            noise[j] = Math.max(bounds[j], (options.isotropic() ? mean : variances[j]) / 2);
        }
        return new LinearGaussian(means, loadings, noise);
    }
}
