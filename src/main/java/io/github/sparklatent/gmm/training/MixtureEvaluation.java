package io.github.sparklatent.gmm.training;

import io.github.sparklatent.gmm.em.GaussianMixtureEm;
import io.github.sparklatent.gmm.em.LikelihoodExpectation;
import io.github.sparklatent.gmm.em.StatisticsLayout;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.gmm.model.Posterior;
import io.github.sparklatent.gmm.model.Responsibilities;
import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowWeights;
import java.util.List;
import java.util.function.IntToLongFunction;
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

    /**
     * Evaluates a Gaussian mixture in one traversal of the data, or in two if the weights of the rows are no counts.
     */
    public static MixtureEvaluation of(MixtureParameters mixture, RowBlocks data) {
        return of(
                "GMM %s K=%d, evaluation".formatted(mixture.type(), mixture.components()),
                new Posterior(MixtureFactors.of(mixture)),
                mixture::freeParameters,
                data);
    }

    /** Evaluates a mixture of any family; traversals as in {@link #of(MixtureParameters, RowBlocks)}. */
    public static <M> MixtureEvaluation of(MixtureFamily<M, ?> family, M mixture, RowBlocks data) {
        Responsibilities responsibilities = family.responsibilities(mixture);
        return of(
                "evaluation, K=%d".formatted(responsibilities.components()),
                responsibilities,
                components -> family.freeParameters(mixture, components),
                data);
    }

    /**
     * Evaluates a mixture of any family; traversals as in {@link #of(MixtureParameters, RowBlocks)}.
     *
     * @param description text that is shown while the rows are traversed
     * @param responsibilities posterior of the mixture
     * @param parameters returns the number of free parameters of so many of its components
     */
    public static MixtureEvaluation of(
            String description, Responsibilities responsibilities, IntToLongFunction parameters, RowBlocks data) {
        double[] sums = data.sums(description, new LikelihoodExpectation(responsibilities))
                .sums();
        double mean = GaussianMixtureEm.meanLogLikelihood(sums);
        SampleSize size = new SampleSize(sums[StatisticsLayout.WEIGHT], sums[StatisticsLayout.ROWS], Double.NaN);
        if (!size.isCounts()) {
            size = RowWeights.of(data);
        }
        List<Double> sizes =
                DoubleStream.of(sums).skip(StatisticsLayout.SIZES).boxed().toList();
        long used = parameters.applyAsLong(inUse(sizes, size));
        return new MixtureEvaluation(mean, size, sizes, bic(used, mean, size.number()));
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
