package io.github.sparklatent.mixture;

import io.github.sparklatent.gmm.em.StatisticsLayout;
import io.github.sparklatent.gmm.initialization.RandomRows;
import io.github.sparklatent.gmm.initialization.ReportingRowBlocks;
import io.github.sparklatent.gmm.initialization.StartListener;
import io.github.sparklatent.gmm.model.Responsibilities;
import io.github.sparklatent.gmm.stochastic.LocalFit;
import io.github.sparklatent.gmm.stochastic.LocalModel;
import io.github.sparklatent.gmm.training.FitMethod;
import io.github.sparklatent.gmm.training.MixtureFamily;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.learn.em.EmResult;
import io.github.sparklatent.learn.em.EmState;
import io.github.sparklatent.learn.em.RowBlocks;
import java.util.function.Function;

/** Mixtures of columns of several types on a table. */
final class MixedFamily implements MixtureFamily<MixedMixture, LocalModel<MixedMixture>> {
    private final RowBlocks train;
    private final RowBlocks reporting;
    private final MixedOptions options;
    private final MixedColumns columns;
    private final MixedMixture initial;
    private final SampleSize size;
    private final StartListener listener;

    /** Null until it is needed. */
    private ColumnTotals totals;

    /**
     * Creates the family for a table.
     *
     * @param initial parameters to start from, or null
     */
    MixedFamily(
            RowBlocks train,
            MixedOptions options,
            MixedColumns columns,
            MixedMixture initial,
            SampleSize size,
            StartListener listener) {
        this.train = train;
        this.reporting = new ReportingRowBlocks(train, listener::whileStarting);
        this.options = options;
        this.columns = columns;
        this.initial = initial;
        this.size = size;
        this.listener = listener;
    }

    @Override
    public void requireRows(int components) {
        int rows = initial == null ? distinctRows(Math.max(2, components)) : 2;
        if (rows < 2) {
            throw new DataException(
                    "all %d rows of the table are equal; a mixture needs at least 2 distinct ones"
                            .formatted(train.rows()));
        }
        if (rows < components) {
            throw new DataException(
                    "the table has %d distinct rows to train on, but components is %d; a mixture needs at least as many distinct rows as components: use at most %d components"
                            .formatted(rows, components, rows));
        }
    }

    @Override
    public boolean isPossible(int components) {
        MixedLayout layout = options.layout(columns, components);
        return layout.fitsArrays() && distinctRows(components) == components;
    }

    private int distinctRows(int most) {
        long key = RandomStreams.key(options.seed(), Purpose.START_ROWS, most, 0);
        return train.smallest("mixture, distinct rows", new RandomRows(key), most).size();
    }

    /** Returns the share of the rows whose value is far from the others, for each column. */
    double[] farShares() {
        return totals().far().clone();
    }

    private ColumnTotals totals() {
        if (totals == null) {
            totals = ColumnTotals.of(columns, reporting, options.seed());
        }
        return totals;
    }

    private MixedPrior prior(int components) {
        return new MixedPrior(
                options.priorRows(),
                size,
                totals(),
                components,
                options.layout(columns, components).gaussian().type());
    }

    @Override
    public LocalModel<MixedMixture> start(int components, int restart, MixedMixture leader) {
        MixedMixture start = mixture(components, restart);
        return isStepwise() ? LocalFit.start(start) : new LocalModel<>(start, null);
    }

    private boolean isStepwise() {
        return options.fit() == FitMethod.STEPWISE_EM;
    }

    private MixedMixture mixture(int components, int restart) {
        return initial != null
                ? initial.with(initial.missing().on(totals().missing()))
                : new MixedStart(
                                totals(),
                                prior(components),
                                options.layout(columns, components),
                                options.missing())
                        .of(reporting, options, restart, listener::isOver);
    }

    @Override
    public Fitted<MixedMixture> fit(
            int components,
            EmState<LocalModel<MixedMixture>> start,
            Rounds<LocalModel<MixedMixture>> rounds) {
        MixedLayout layout = options.layout(columns, components);
        var em = new MixedMixtureEm(layout, prior(components), 0);
        return isStepwise()
                ? fitted(
                        layout,
                        rounds.run(stepwise(em), Function.identity(), Function.identity()),
                        LocalModel::mixture)
                : fitted(
                        layout,
                        rounds.run(em, LocalModel::mixture, model -> new LocalModel<>(model, null)),
                        Function.identity());
    }

    private LocalFit<MixedMixture> stepwise(MixedMixtureEm em) {
        return LocalFit.stepwise(
                em,
                new MixedProblem(em, train.rows()),
                size.weight(),
                options.stopping().tolerance(),
                options.stochastic());
    }

    private static <P> Fitted<MixedMixture> fitted(
            MixedLayout layout, EmResult<P> result, Function<P, MixedMixture> mixture) {
        double weight = result.sums()[StatisticsLayout.WEIGHT];
        return new Fitted<>(
                mixture.apply(result.model()),
                result,
                result.sums()[StatisticsLayout.LOG_LIKELIHOOD] / weight,
                layout.gaussian().sizes(result.sums()),
                weight);
    }

    @Override
    public Responsibilities responsibilities(MixedMixture mixture) {
        return new MixedDensity(mixture);
    }

    @Override
    public long freeParameters(MixedMixture mixture) {
        return mixture.freeParameters();
    }
}
