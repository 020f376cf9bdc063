package io.github.sparklatent.linear;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.settings.Names;
import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * The options of a fit.
 *
 * @param fit method of fitting; factor analysis has no closed form
 * @param isotropic whether all columns have the same noise variance (probabilistic PCA) or each its own (factor
 *     analysis)
 * @param latent l, the number of latent variables
 * @param regularization lower bound of the noise variance. It is in squared units of the data if the noise is
 *     isotropic; otherwise it is a share of each column's variance, so that units do not matter.
 * @param stopping when EM ends; the tolerance is in nats per row
 * @param seed seed of the loadings that EM starts from
 */
@RecordBuilder
public record LinearOptions(
        @Setting(
                key = "model.fit",
                meaning = "method; em also takes missing values and over " + LinearOptions.MAX_COLUMNS + " columns",
                param = "fitMethod")
        FitMethod fit,

        boolean isotropic,

        @Setting(
                key = "model.latent",
                meaning = "number of latent variables, less than the number of columns",
                range = ">= 1")
        int latent,

        @Setting(
                key = "model.regularization",
                meaning = "lower bound of the noise variance, in squared units;"
                        + " factor-analysis: a share of the column's variance",
                range = ">= 0")
        double regularization,

        StoppingRule stopping,
        @Setting(key = "train.seed") long seed)
        implements LinearOptionsBuilder.With {
    /**
     * Greatest number of columns of the closed form. The covariance of 10,000 columns takes 0.8 GB in each task and on
     * the driver.
     */
    public static final int MAX_COLUMNS = 10_000;

    /** The default options of probabilistic PCA. Defaults are defined here only. */
    public static final LinearOptions PPCA =
            new LinearOptions(FitMethod.CLOSED_FORM, true, 2, 1e-6, new StoppingRule(1000, 1e-8), 1);

    /** The default options of factor analysis. */
    public static final LinearOptions FACTOR_ANALYSIS =
            PPCA.withFit(FitMethod.EM).withIsotropic(false).withRegularization(1e-4);

    public LinearOptions {
        Require.that(
                isotropic || fit.hasRounds(),
                "the method of fitting is %s, but factor analysis has no closed form: expected em",
                fit);
        Rules.of(LinearOptions.class)
                .range("latent", latent)
                .range("regularization", regularization)
                .check();
    }

    /** The method by which probabilistic PCA is fitted. */
    public enum FitMethod {
        /** The eigenvectors of the covariance of the rows: exact, without rounds. */
        CLOSED_FORM,
        /** Expectation-maximisation: rounds whose cost is linear in the number of columns. */
        EM;

        /** Returns whether the fit takes rounds over the rows; otherwise it needs their covariance. */
        public boolean hasRounds() {
            return this == EM;
        }

        @Override
        public String toString() {
            return Names.of(this);
        }
    }
}
