package io.github.sparklatent.gmm.training;

import io.github.sparklatent.gmm.model.Responsibilities;
import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.RowBlocks;
import java.util.Locale;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * Warns if a fit describes its rows, and not others. The mean log-likelihood of the training rows then is above that of
 * held-out rows
 *
 * <ul>
 *   <li>by at least a nat, so that a row is e times as likely because it was trained on,
 *   <li>by more than two standard errors, which the held-out rows give,
 *   <li>with fewer than ten rows for each parameter: with more, the rows of the two tables differ.
 * </ul>
 *
 * <p>Without held-out rows, more parameters than rows are a reason to hold some out. Parameters of components that
 * explain less than one row do not count, which is how variational Bayes leaves them.
 */
final class Overfit {
    private static final double LEAST_GAP = 1;
    private static final double ERRORS = 2;
    private static final double ROWS_PER_PARAMETER = 10;
    private static final double ROUNDING = 1e-9;

    private static final String ADVICE =
            "use fewer components, a list of numbers of components to choose from, a stronger prior or more rows";

    private Overfit() {}

    /**
     * Returns a warning about the best fit; usually none. Takes a traversal of the held-out rows if the difference is
     * at least a nat.
     *
     * @param holdout held-out rows, or null
     */
    static <M> Optional<String> warning(
            MixtureFamily<M, ?> family, MixtureFit<M> fit, SampleSize size, RowBlocks holdout) {
        if (fit.weight() < (1 - ROUNDING) * size.weight()) {
            return Optional.empty(); // a robust fit leaves out the training rows of low density
        }
        double used = (double) fit.componentsInUse(size) / fit.figures().components();
        double parameters = used * family.freeParameters(fit.mixture());
        double train = fit.figures().meanLogLikelihood();
        if (holdout == null) {
            return parameters <= size.number()
                    ? Optional.empty()
                    : Optional.of(String.format(
                            Locale.ROOT,
                            "the mixture has %.0f parameters for %.0f training rows, and no rows are held out: new rows may be far less likely"
                                    + " than the mean log-likelihood %.2f of the training rows; hold out rows to know it, or %s",
                            parameters,
                            size.number(),
                            train,
                            ADVICE));
        }
        double heldOut = fit.figures().holdoutMeanLogLikelihood();
        boolean isLarge = train - heldOut >= LEAST_GAP && size.number() < ROWS_PER_PARAMETER * parameters;
        if (!isLarge
                || train - heldOut
                        <= ERRORS * standardError(family.responsibilities(fit.mixture()), heldOut, holdout, size)) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "the mixture has %.0f parameters for %.0f training rows and overfits them: their mean log-likelihood is %.2f, that of held-out rows %.2f; %s",
                parameters,
                size.number(),
                train,
                heldOut,
                ADVICE));
    }

    /** Returns the standard error of the difference of the means, with the variance of the held-out rows. */
    private static double standardError(
            Responsibilities responsibilities, double mean, RowBlocks holdout, SampleSize train) {
        double[] sums = holdout.sums("evaluation, variance of the log-likelihood", new Squares(responsibilities, mean))
                .sums();
        SampleSize size = new SampleSize(sums[0], sums[1], sums[2]);
        double variance = sums[3] / sums[0];
        return Math.sqrt(variance * (1 / Math.max(1, size.number() - 1) + 1 / train.number()));
    }

    /**
     * Sums w, the rows, w² and w (log p(x) − mean)².
     *
     * @param responsibilities posterior of the mixture
     * @param mean mean log-likelihood of the rows
     */
    private record Squares(Responsibilities responsibilities, double mean) implements Expectation {
        @Override
        public int length() {
            return 4;
        }

        @Override
        public Accumulator accumulator() {
            Responsibilities.Assigner assigner = responsibilities.assigner();
            DMatrixRMaj shares = new DMatrixRMaj(0, 0);
            double[] sums = new double[length()];
            return Accumulator.of(sums, block -> {
                double[] logs = new double[block.size()];
                assigner.assign(block, shares, logs);
                for (int i = 0; i < block.size(); i++) {
                    sums[0] += block.weight(i);
                    sums[3] += block.weight(i) * (logs[i] - mean) * (logs[i] - mean);
                }
                sums[1] += block.count();
                sums[2] += block.squaredWeights();
            });
        }
    }
}
