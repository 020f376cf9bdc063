package io.github.sparklatent.mixture;

import io.github.sparklatent.gmm.em.StatisticsLayout;
import io.github.sparklatent.gmm.initialization.RandomRows;
import io.github.sparklatent.gmm.initialization.ReportingRowBlocks;
import io.github.sparklatent.gmm.initialization.StartListener;
import io.github.sparklatent.gmm.model.Responsibilities;
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
final class MixedFamily implements MixtureFamily<MixedMixture, MixedMixture> {
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

    private ColumnTotals totals() {
        if (totals == null) {
            totals = ColumnTotals.of(columns, reporting);
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
    public MixedMixture start(int components, int restart, MixedMixture leader) {
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
            int components, EmState<MixedMixture> start, Rounds<MixedMixture> rounds) {
        MixedLayout layout = options.layout(columns, components);
        var problem = new MixedMixtureEm(layout, prior(components), 0);
        EmResult<MixedMixture> result =
                rounds.run(problem, Function.identity(), Function.identity());
        return new Fitted<>(
                result.model(),
                result,
                result.sums()[StatisticsLayout.LOG_LIKELIHOOD]
                        / result.sums()[StatisticsLayout.WEIGHT],
                layout.gaussian().sizes(result.sums()),
                result.sums()[StatisticsLayout.WEIGHT]);
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
