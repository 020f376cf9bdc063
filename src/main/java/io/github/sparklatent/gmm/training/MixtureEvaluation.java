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
 * @param meanLogLikelihood nats per row of weight 1
 * @param rows number of rows of the table
 * @param weight total weight of the rows
 * @param sizes N_k: sum of the weighted responsibilities of each component
 * @param bic over these rows
 * @param aic over these rows
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
