package io.github.sparklatent.mixture.training;

import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.bayes.BayesOptions;
import io.github.sparklatent.mixture.bayes.InferenceOptions;
import io.github.sparklatent.mixture.em.MixtureLayout;
import io.github.sparklatent.mixture.em.StatisticsLayout;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.initialization.Initialization;
import io.github.sparklatent.mixture.robust.RobustOptions;
import io.github.sparklatent.mixture.robust.RobustOptions.RobustMethod;
import io.github.sparklatent.mixture.stochastic.StochasticOptions;
import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;
import java.util.List;

/**
 * The options of fitting a mixture. Form, factors and regularization of covariances are those of the Gaussian columns.
 *
 * @param fit method of fitting
 * @param bayes options of the prior of variational methods; without effect on the other methods
 * @param inference options of variational inference; without effect on the other methods
 * @param stochastic options of stepwise EM, gradient ascent and Monte-Carlo EM; without effect on the other methods
 * @param robust whether outliers are kept from the fit
 * @param components numbers of components to try, each at least 1, of which the best by the criterion is kept; empty:
 *     they are searched for
 * @param covariance form of the covariances
 * @param factors l, the number of latent variables of factored covariances, at least 1; without effect on the other
 *     forms
 * @param regularization added to each variance in every update, in squared units of the data; not negative. If it is at
 *     most 1e-6, it falls in proportion to the variance of a column below 0.01
 * @param priorRows number of rows that a prior adds to each component, not negative: of a typical covariance, and as
 *     the whole table in columns that are not Gaussian; 0: maximum likelihood
 * @param initialization how EM is initialised if no model is given
 * @param restarts number of starts for each number of components; the one with the greatest likelihood is kept, or with
 *     the greatest mutual information of row and component if they are over-clustered
 * @param stopping when EM ends; the tolerance is in nats per row
 * @param acceleration whether rounds of EM are extrapolated
 * @param criterion chooses among the numbers of components
 * @param seed of all randomness
 */
@RecordBuilder
public record MixtureOptions(
        @Setting(
                key = "model.fit",
                meaning =
                        "method; variational-bayes finds the number of components, variational-inference a posterior of all parameters",
                param = "fitMethod")
        FitMethod fit,

        BayesOptions bayes,
        InferenceOptions inference,
        StochasticOptions stochastic,
        RobustOptions robust,

        @Setting(
                key = "model.components",
                meaning = "number of components; model.criterion chooses from a list, or from those that auto tries",
                range = ">= 1",
                emptyAs = "auto",
                param = "k")
        List<Integer> components,

        @Setting(
                key = "model.covariance",
                meaning =
                        "shape of the covariances; tied: one full matrix; factor, ppca: loadings and noise, for many columns")
        CovarianceType covariance,

        @Setting(
                key = "model.factors",
                meaning = "factor, ppca: latent variables of each component, fewer than columns",
                range = ">= 1",
                onlyIf = "model.covariance is factor or ppca")
        int factors,

        @Setting(
                key = "model.regularization",
                meaning =
                        "variance added to each diagonal element of a covariance; up to 1e-6, less in columns of variance below 0.01",
                range = ">= 0")
        double regularization,

        @Setting(
                key = "model.priorRows",
                meaning =
                        "prior of each component: pseudo-rows of typical covariance, or like the whole table; 0: maximum likelihood",
                range = ">= 0")
        double priorRows,

        @Setting(
                key = "model.initialization",
                meaning = "initialisation; varied: k-means||, then random rows at restarts",
                param = "initMode")
        Initialization initialization,

        @Setting(
                key = "train.restarts",
                meaning =
                        "number of starts; the one with the greatest likelihood (over-clustering: mutual information) is kept",
                range = ">= 1")
        int restarts,

        StoppingRule stopping,

        @Setting(
                key = "train.acceleration",
                meaning = "whether rounds of EM are extrapolated, which saves most of them if components overlap")
        boolean acceleration,

        @Setting(
                key = "model.criterion",
                meaning = "choice among numbers of components; holdout: by held-out rows; rows: many, for anomalies")
        Criterion criterion,

        @Setting(key = "train.seed") long seed)
        implements MixtureOptionsBuilder.With, Serializable {
    /** The default options. Defaults are defined here only. */
    public static final MixtureOptions DEFAULT = new MixtureOptions(
            FitMethod.EM,
            BayesOptions.DEFAULT,
            InferenceOptions.DEFAULT,
            StochasticOptions.DEFAULT,
            RobustOptions.DEFAULT,
            List.of(2), // MLlib's default of k
            CovarianceType.FULL,
            2,
            1e-6,
            1,
            Initialization.VARIED,
            1,
            new StoppingRule(100, 1e-4),
            false,
            Criterion.BIC,
            1);

    /** Share of the mean variance of the columns that the first robust fit adds to each variance. */
    private static final double FIRST_SHARE = 0.5;

    public MixtureOptions {
        boolean one = components.size() == 1;
        Rules rules = Rules.of(MixtureOptions.class);
        components.forEach(k -> rules.range("components", k));
        rules.range("factors", factors)
                .range("regularization", regularization)
                .range("priorRows", priorRows)
                .range("restarts", restarts)
                .refuse(
                        !fit.maximizesLikelihood() && !one,
                        "components",
                        "is %s, but model.fit is %s, which finds how many components are in use: must be one number, the greatest",
                        components.isEmpty() ? "auto" : "a list",
                        fit)
                .refuse(
                        fit == FitMethod.VARIATIONAL_INFERENCE && inference.draws() < 2,
                        "train.draws",
                        "is %d, but model.fit is variational-inference, which compares draws: must be at least 2",
                        inference.draws())
                .refuse(
                        covariance.isFactored() && !fitsFactors(fit),
                        "fit",
                        "is %s, but model.covariance is %s: must be em or monte-carlo-em",
                        fit,
                        covariance)
                .refuse(
                        acceleration && fit != FitMethod.EM,
                        "acceleration",
                        "is true, but model.fit is %s, which is %s accelerated: must be false",
                        fit,
                        fit == FitMethod.STEPWISE_EM ? "always" : "not")
                .refuse(
                        robust.isPresent() && (fit != FitMethod.EM || acceleration),
                        "model.robust",
                        "is %s, which is fitted by em without acceleration, but model.fit is %s%s: remove it",
                        robust.method(),
                        fit,
                        acceleration ? " with train.acceleration" : "")
                .refuse(
                        criterion == Criterion.ROWS && !components.isEmpty(),
                        "model.criterion",
                        "is rows, which chooses as many components as the rows allow: must be bic or holdout, or model.components auto")
                .check();
        components = List.copyOf(components);
    }

    /** Returns whether a method of fitting can fit factored covariances. */
    public static boolean fitsFactors(FitMethod fit) {
        return fit == FitMethod.EM || fit == FitMethod.MONTE_CARLO_EM;
    }

    /**
     * Returns the options of the robust fit of one component that comes first. Variances are those of the rows that it
     * keeps and half of a typical one, so that it leaves out rows that are far from most of them, and not those that
     * miss a narrow dependence.
     *
     * @param variance mean variance of the columns
     */
    MixtureOptions first(double variance) {
        return withComponents(1)
                .withCovariance(CovarianceType.FULL)
                .withRestarts(1)
                .withPriorRows(0)
                .withRegularization(Math.max(regularization, FIRST_SHARE * variance))
                .withRobust(new RobustOptions(RobustMethod.TRIM, robust.trim(), false));
    }

    /** Returns the options of fits with a given number of components. */
    public MixtureOptions withComponents(int number) {
        return withCriterion(criterion == Criterion.ROWS ? Criterion.BIC : criterion)
                .withComponents(List.of(number));
    }

    /** Returns the most numbers that the statistics of a round have, if the columns are numbers. */
    public double statistics(int width) {
        int most = criterion == Criterion.ROWS ? ComponentSearch.MOST : 1;
        int k = components.stream().mapToInt(number -> number).max().orElse(most);
        MixedColumns columns = MixedColumns.ofNumbers(width);
        double own = layout(columns, k).numbers();
        return robust.isFirst() ? Math.max(own, first(0).layout(columns, 1).numbers()) : own;
    }

    /** Returns whether the criterion chooses among numbers of components. */
    public boolean choosesComponents() {
        return components.size() != 1 && criterion != Criterion.ROWS;
    }

    /**
     * Returns the layout of the statistics of k components. A single number has no loadings, and a few have fewer than
     * many: they would be more parameters than a full covariance has.
     */
    public MixtureLayout layout(MixedColumns columns, int k) {
        int numbers = columns.gaussian().length;
        boolean isAll = numbers == columns.size();
        CovarianceType form = numbers < 2 && covariance.isFactored() ? CovarianceType.DIAGONAL : covariance;
        int l = form.isFactored() ? isAll ? factors : Math.min(factors, numbers - 1) : 0;
        return new MixtureLayout(columns, new StatisticsLayout(form, k, numbers, l));
    }

    /** Returns whether covariances are fitted with a prior. Tied covariances have none. */
    public boolean hasPrior() {
        return fit.maximizesLikelihood() && priorRows > 0 && covariance != CovarianceType.TIED;
    }
}
