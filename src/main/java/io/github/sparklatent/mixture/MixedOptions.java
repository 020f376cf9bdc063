package io.github.sparklatent.mixture;

import io.github.sparklatent.gmm.em.StatisticsLayout;
import io.github.sparklatent.gmm.initialization.Initialization;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.stochastic.StochasticOptions;
import io.github.sparklatent.gmm.training.Criterion;
import io.github.sparklatent.gmm.training.FitMethod;
import io.github.sparklatent.gmm.training.MixtureOptions;
import io.github.sparklatent.gmm.training.SearchOptions;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.settings.Names;
import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
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
 * @param factors number of latent variables of factored covariances, at least 1; without effect on the other forms
 * @param within how columns depend on each other within a component
 * @param leafRows least number of rows in a leaf of a tree
 * @param priorRows number of rows of the whole table that a prior adds to each component; 0: maximum likelihood
 * @param initialization how EM is initialised if no model is given: by k-means||, by random rows, or by both in turn
 * @param restarts number of starts for each number of components
 * @param stopping when EM ends; the tolerance is in nats per row
 * @param criterion chooses among the numbers of components
 * @param seed of all randomness
 */
@RecordBuilder
public record MixedOptions(
        @Setting(
                as = MixtureOptions.class,
                meaning = "method; stepwise-em saves passes over a large table",
                values = {"em", "stepwise-em"})
        FitMethod fit,

        StochasticOptions stochastic,
        @Setting(as = MixtureOptions.class) List<Integer> components,

        @Setting(as = MixtureOptions.class) CovarianceType covariance,
        @Setting(as = MixtureOptions.class) int factors,

        @Setting(
                key = "model.within",
                meaning =
                        "columns within a component; trees: each has a decision tree on those before, for drawing rows")
        Within within,

        @Setting(
                key = "model.leafRows",
                meaning = "trees: minimum rows per leaf; larger values protect single rows better",
                range = ">= 1")
        int leafRows,

        @Setting(
                key = "model.priorRows",
                meaning = "prior of each component: pseudo-rows like the whole table; 0:" + " maximum likelihood",
                range = ">= 0")
        double priorRows,

        @Setting(
                as = MixtureOptions.class,
                meaning = "initialisation; varied: k-means|| up to 256 components, in turn"
                        + " with random rows at restarts",
                values = {"varied", "k-means||", "random-rows"})
        Initialization initialization,

        @Setting(as = MixtureOptions.class) int restarts,
        StoppingRule stopping,

        @Setting(
                as = MixtureOptions.class,
                meaning = "choice among numbers of components; holdout: by held-out rows",
                values = {"bic", "holdout"},
                absent = "holdout if rows are held out, else bic")
        Criterion criterion,

        @Setting(as = MixtureOptions.class) long seed)
        implements MixedOptionsBuilder.With, Serializable {
    /**
     * The default options. Defaults are defined here only. Of the forms of covariance, full had the greatest likelihood
     * of held-out rows on abalone, German credit and Adult, with 3 to 100 components (see the guide).
     */
    public static final MixedOptions DEFAULT = new MixedOptions(
            FitMethod.EM,
            StochasticOptions.DEFAULT,
            List.of(10),
            CovarianceType.FULL,
            2,
            Within.INDEPENDENT,
            10,
            1,
            Initialization.VARIED,
            1,
            new StoppingRule(100, 1e-4),
            Criterion.BIC,
            1);

    public MixedOptions {
        Rules rules = Rules.of(MixedOptions.class);
        components.forEach(k -> rules.range("components", k));
        rules.constant("fit", fit)
                .constant("initialization", initialization)
                .range("factors", factors)
                .range("priorRows", priorRows)
                .range("leafRows", leafRows)
                .refuse(
                        within == Within.TREES && !components.equals(List.of(1)),
                        "components",
                        "is " + components + ", but model.within is trees, which are one component: set 1")
                .range("restarts", restarts)
                .refuse(
                        fit != FitMethod.EM && covariance.isFactored(),
                        "fit",
                        "is %s, but model.covariance is %s: must be em",
                        fit,
                        covariance)
                .check();
        components = List.copyOf(components);
    }

    /** Returns the options of the search for the best fit. */
    public SearchOptions search() {
        return new SearchOptions(components, restarts, stopping, criterion, SearchOptions.ROWS_EACH, false, seed);
    }

    /** Returns the number of bins of a histogram; leaves of trees have few rows each, so bins may be narrow. */
    public int bins() {
        return within == Within.TREES ? 4 * HistogramBins.MOST : HistogramBins.MOST;
    }

    /** Returns the number of doubles of the statistics of a round of k components. */
    public double statistics(MixedColumns columns, int k) {
        return layout(columns, k).numbers();
    }

    MixedLayout layout(MixedColumns columns, int k) {
        int numbers = columns.gaussian().length;
        // Of few numbers, factors would be more parameters than a full covariance has.
        int own = Math.min(factors, Math.max(1, numbers - 1));
        return new MixedLayout(
                columns,
                new StatisticsLayout(form(numbers), k, numbers, form(numbers).isFactored() ? own : 0));
    }

    /** Returns the form of the covariances; a single number has no loadings. */
    CovarianceType form(int numbers) {
        return numbers < 2 && covariance.isFactored() ? CovarianceType.DIAGONAL : covariance;
    }

    /** Distributions of the columns within a component. */
    public enum Within {
        /** Columns are independent, but for the numbers with a joint Gaussian distribution. */
        INDEPENDENT,
        /** Each column has a tree on those before; see {@link ColumnChains}. */
        TREES;

        @Override
        public String toString() {
            return Names.of(this);
        }
    }
}
