package io.github.sparklatent.gmm.training;

import io.github.sparklatent.gmm.em.GaussianMixtureEm;
import io.github.sparklatent.gmm.em.LikelihoodExpectation;
import io.github.sparklatent.gmm.em.StatisticsLayout;
import io.github.sparklatent.gmm.model.Mixture;
import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowWeights;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The likelihood and the component sizes of a data set under a mixture.
 *
 * @param meanLogLikelihood weighted mean of the rows' log-likelihoods, in nats per row
 * @param size number of rows of the data set, and their weight
 * @param sizes K numbers: for each component, the sum of its responsibilities for the rows, each
 *     multiplied by the row's weight
 * @param bic Bayesian information criterion of the mixture on this data set; lower is better
 * @param aic Akaike's information criterion of the mixture on this data set; lower is better
 */
public record MixtureEvaluation(
        double meanLogLikelihood, SampleSize size, List<Double> sizes, double bic, double aic) {
    /** Returns the number of rows of the data set. */
    public long rows() {
        return (long) size.rows();
    }

    /** Returns the total weight of the rows. */
    public double weight() {
        return size.weight();
    }

    /**
     * Evaluates a mixture in one traversal of the data, or in two if the weights of the rows are no
     * counts.
     */
    public static MixtureEvaluation of(Mixture mixture, RowBlocks data) {
        LikelihoodExpectation expectation = LikelihoodExpectation.under(mixture);
        double[] sums =
                data.sums(
                                "GMM %s K=%d, evaluation"
                                        .formatted(mixture.type(), mixture.components()),
                                expectation)
                        .sums();
        double mean = GaussianMixtureEm.meanLogLikelihood(sums);
        SampleSize size =
                new SampleSize(
                        sums[StatisticsLayout.WEIGHT], sums[StatisticsLayout.ROWS], Double.NaN);
        if (!size.isCounts()) {
            size = RowWeights.of(data);
        }
        return new MixtureEvaluation(
                mean,
                size,
                DoubleStream.of(sums).skip(StatisticsLayout.SIZES).boxed().toList(),
                InformationCriteria.bic(mixture, mean, size.number()),
                InformationCriteria.aic(mixture, mean, size.number()));
    }
}
