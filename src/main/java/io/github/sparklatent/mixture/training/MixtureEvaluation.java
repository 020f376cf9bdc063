package io.github.sparklatent.mixture.training;

import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowWeights;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.em.StatisticsLayout;
import io.github.sparklatent.mixture.em.WeightedResponsibilities;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The likelihood and the component sizes of a data set under a mixture.
 *
 * @param meanLogLikelihood weighted mean of the rows' log-likelihoods, in nats per row
 * @param size number of rows of the data set, and their weight
 * @param sizes K numbers: for each component, the sum of its responsibilities for the rows, each multiplied by the
 *     row's weight
 * @param bic Bayesian information criterion of the mixture on this data set; lower is better
 */
public record MixtureEvaluation(double meanLogLikelihood, SampleSize size, List<Double> sizes, double bic) {
    public long rows() {
        return (long) size.rows();
    }

    public double weight() {
        return size.weight();
    }

    /** Evaluates a mixture in one traversal of the data, or in two if the weights of the rows are no counts. */
    public static MixtureEvaluation of(MixedMixture mixture, RowBlocks data) {
        return of(new MixedDensity(mixture), data);
    }

    /** Evaluates a mixture; traversals as in {@link #of(MixedMixture, RowBlocks)}. */
    public static MixtureEvaluation of(MixedDensity density, RowBlocks data) {
        double[] sums = data.sums(
                        "mixture K=%d, evaluation".formatted(density.components()),
                        WeightedResponsibilities.head(density, density.components()))
                .sums();
        SampleSize size = new SampleSize(sums[StatisticsLayout.WEIGHT], sums[StatisticsLayout.ROWS], Double.NaN);
        if (!size.isCounts()) {
            size = RowWeights.of(data);
        }
        return of(density.mixture(), sums, size);
    }

    /**
     * Returns the evaluation that the sums of an expectation under a mixture give.
     *
     * @param sums begin as those of {@link StatisticsLayout}. Not modified.
     * @param size number of the rows, and their weight
     */
    static MixtureEvaluation of(MixedMixture mixture, double[] sums, SampleSize size) {
        double mean = sums[StatisticsLayout.LOG_LIKELIHOOD] / sums[StatisticsLayout.WEIGHT];
        List<Double> sizes = DoubleStream.of(sums)
                .skip(StatisticsLayout.SIZES)
                .limit(mixture.components())
                .boxed()
                .toList();
        return new MixtureEvaluation(
                mean, size, sizes, bic(mixture.freeParameters(inUse(sizes, size)), mean, size.number()));
    }

    /** Returns the number of components that explain at least one row. */
    static int inUse(List<Double> sizes, SampleSize size) {
        double row = size.weight() / size.number();
        return (int) sizes.stream().filter(rows -> rows >= row).count();
    }

    /**
     * Returns the Bayesian information criterion −2 n l + p log n (McLachlan and Peel 2000, section 6.9).
     *
     * @param parameters p, number of free parameters; those of components that explain less than one row, as
     *     variational Bayes leaves them, do not count
     * @param meanLogLikelihood mean log-likelihood l, nats per row
     * @param rows n, number of rows, see {@link io.github.sparklatent.learn.SampleSize}
     */
    public static double bic(long parameters, double meanLogLikelihood, double rows) {
        return -2 * meanLogLikelihood * rows + parameters * StrictMath.log(rows);
    }
}
