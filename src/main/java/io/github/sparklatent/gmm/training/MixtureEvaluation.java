package io.github.sparklatent.gmm.training;

import io.github.sparklatent.gmm.em.GaussianMixtureEm;
import io.github.sparklatent.gmm.em.LikelihoodExpectation;
import io.github.sparklatent.gmm.em.StatisticsLayout;
import io.github.sparklatent.gmm.model.Mixture;
import io.github.sparklatent.learn.em.RowBlocks;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The likelihood and the component sizes of a data set under a mixture.
 *
 * @param meanLogLikelihood weighted mean of the rows' log-likelihoods, in nats per row
 * @param rows number of rows of the data set
 * @param weight total weight of the rows
 * @param sizes K numbers: for each component, the sum of its responsibilities for the rows, each
 *     multiplied by the row's weight
 * @param bic Bayesian information criterion of the mixture on this data set; lower is better
 * @param aic Akaike's information criterion of the mixture on this data set; lower is better
 */
public record MixtureEvaluation(
        double meanLogLikelihood,
        long rows,
        double weight,
        List<Double> sizes,
        double bic,
        double aic) {
    /** Evaluates a mixture in one traversal of the data. */
    public static MixtureEvaluation of(Mixture mixture, RowBlocks data) {
        LikelihoodExpectation expectation = LikelihoodExpectation.under(mixture);
        double[] sums =
                data.sums(
                                "GMM %s K=%d, evaluation"
                                        .formatted(mixture.type(), mixture.components()),
                                expectation)
                        .sums();
        double mean = GaussianMixtureEm.meanLogLikelihood(sums);
        double weight = sums[StatisticsLayout.WEIGHT];
        return new MixtureEvaluation(
                mean,
                (long) sums[StatisticsLayout.ROWS],
                weight,
                DoubleStream.of(sums).skip(StatisticsLayout.SIZES).boxed().toList(),
                InformationCriteria.bic(mixture, mean, weight),
                InformationCriteria.aic(mixture, mean, weight));
    }
}
