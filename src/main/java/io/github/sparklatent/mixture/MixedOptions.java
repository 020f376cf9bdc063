package io.github.sparklatent.mixture;

import io.github.sparklatent.gmm.em.StatisticsLayout;
import io.github.sparklatent.gmm.initialization.Initialization;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.stochastic.StochasticOptions;
import io.github.sparklatent.gmm.training.Criterion;
import io.github.sparklatent.gmm.training.FitMethod;
import io.github.sparklatent.gmm.training.SearchOptions;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.em.StoppingRule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;
import java.util.List;

/**
 * The options of fitting a mixture of columns of several types.
 *
 * @param fit method of fitting
 * @param stochastic options of stepwise EM; without effect on EM
 * @param components numbers of components to try, each at least 1; empty: they are searched for
 * @param covariance form of the covariances of the Gaussian columns
 * @param factors number of latent variables of factored covariances, at least 1; without effect on
 *     the other forms
 * @param missing what missing cells say about their rows
 * @param priorRows number of rows of the whole table that a prior adds to each component; 0:
 *     maximum likelihood
 * @param initialization how EM is initialised if no model is given: by k-means||, by random rows,
 *     or by both in turn
 * @param restarts number of starts for each number of components
 * @param stopping when EM ends; the tolerance is in nats per row
 * @param criterion chooses among the numbers of components; mutual information chooses among
 *     restarts
 * @param seed of all randomness
 */
@RecordBuilder
public record MixedOptions(
        FitMethod fit,
        StochasticOptions stochastic,
        List<Integer> components,
        CovarianceType covariance,
        int factors,
        Missingness missing,
        double priorRows,
        Initialization initialization,
        int restarts,
        StoppingRule stopping,
        Criterion criterion,
        long seed)
        implements MixedOptionsBuilder.With, Serializable {
    /** Methods of fitting this family. */
    public static final List<FitMethod> FITS = List.of(FitMethod.EM, FitMethod.STEPWISE_EM);

    /** Initialisations of this family. */
    public static final List<Initialization> INITIALIZATIONS =
            List.of(
                    Initialization.VARIED,
                    Initialization.K_MEANS_PARALLEL,
                    Initialization.RANDOM_ROWS);

    /**
     * The default options. Defaults are defined here only. Of the forms of covariance, full had the
     * greatest likelihood of held-out rows on abalone, German credit and Adult, with 3 to 100
     * components (see the guide).
     */
    public static final MixedOptions DEFAULT =
            new MixedOptions(
                    FitMethod.EM,
                    StochasticOptions.DEFAULT,
                    List.of(10),
                    CovarianceType.FULL,
                    2,
                    Missingness.IGNORE,
                    1,
                    Initialization.VARIED,
                    1,
                    new StoppingRule(100, 1e-4),
                    Criterion.BIC,
                    1);

    public MixedOptions {
        Require.that(FITS.contains(fit), "fit is %s, expected one of %s", fit, FITS);
        Require.that(
                fit == FitMethod.EM || !covariance.isFactored(),
                "covariance is %s, which is fitted by em",
                covariance);
        Require.that(factors >= 1, "factors is %d, expected at least 1", factors);
        Require.that(
                priorRows >= 0 && Double.isFinite(priorRows),
                "priorRows is %s, expected a finite number not below 0",
                priorRows);
        Require.that(
                INITIALIZATIONS.contains(initialization),
                "initialization is %s, expected one of %s",
                initialization,
                INITIALIZATIONS);
        components = List.copyOf(components);
        new SearchOptions(components, restarts, stopping, criterion);
    }

    /** Returns the options of the search for the best fit. */
    public SearchOptions search() {
        return new SearchOptions(components, restarts, stopping, criterion);
    }

    /**
     * Returns the number of doubles of the statistics of a round.
     *
     * @param k number of components
     */
    public double statistics(MixedColumns columns, int k) {
        return layout(columns, k).numbers();
    }

    MixedLayout layout(MixedColumns columns, int k) {
        int numbers = columns.gaussian().length;
        // Of few numbers, factors would be more parameters than a full covariance has.
        int own = Math.min(factors, Math.max(1, numbers - 1));
        return new MixedLayout(
                columns,
                new StatisticsLayout(
                        form(numbers), k, numbers, form(numbers).isFactored() ? own : 0));
    }

    /** Returns the form of the covariances; a single number has no loadings. */
    CovarianceType form(int numbers) {
        return numbers < 2 && covariance.isFactored() ? CovarianceType.DIAGONAL : covariance;
    }
}
