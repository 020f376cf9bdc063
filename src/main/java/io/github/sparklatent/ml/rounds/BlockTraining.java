package io.github.sparklatent.ml.rounds;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.Trained;
import io.github.sparklatent.ml.core.Training;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.core.TrainingMonitor;
import io.github.sparklatent.ml.core.TrainingTables;
import io.github.sparklatent.ml.evaluation.TrainedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fits a model to the rows of a table in blocks: reads the rows, fits and evaluates the model.
 *
 * @param <M> the model
 * @param <F> the fit
 */
public abstract class BlockTraining<M extends LatentModel<M>, F> implements Training<M> {
    private final TrainingContext context;
    private final Logger log;

    /**
     * The rows of a training.
     *
     * @param heldOut separate held-out table; null if there is none
     */
    public record Rows(BlockTable table, BlockTable heldOut) {
        /** Returns the training rows. */
        public RowBlocks train() {
            return table.train();
        }

        /** Returns the held-out rows; null if there are none. */
        public RowBlocks holdout() {
            return heldOut == null ? table.holdout() : heldOut.train();
        }

        /** Returns the names of the numbers of a row. */
        public List<String> names() {
            return table.columns().featureNames(table.facts().width());
        }
    }

    /**
     * Creates a training.
     *
     * @param logged class under whose name warnings are logged
     */
    protected BlockTraining(TrainingContext context, Class<?> logged) {
        this.context = context;
        this.log = LoggerFactory.getLogger(logged);
    }

    /** Returns the scaling of the model to start from; null if the rows determine it. */
    protected Scaling scaling() {
        return null;
    }

    /** Returns the number of doubles that a partition sends to the driver in a round; 0 if it is small. */
    protected double statistics(int width) {
        return 0;
    }

    /** Prepares the fit, as a part of reading the rows. */
    protected void prepare(Rows rows) {}

    /** Fits the model. */
    protected abstract F fit(Rows rows);

    /** Evaluates the fitted model. */
    protected abstract Trained<M> trained(Rows rows, F fit);

    @Override
    public final <T> T run(Function<Trained<M>, T> finish) {
        TrainingMonitor monitor = context.monitor();
        TrainingTables tables = context.tables();
        try (BlockTable table = monitor.time("read", () -> tables.blocks(scaling(), this::statistics));
                BlockTable heldOut = monitor.time("read", () -> tables.holdoutBlocks(table.scaling()))) {
            monitor.check();
            Rows rows = new Rows(table, heldOut);
            prepare(rows);
            F fit = monitor.time("train", () -> fit(rows));
            return monitor.keep(() -> finish.apply(trained(rows, fit)));
        }
    }

    /**
     * Returns the table with its warnings and those about the fit, which are also logged.
     *
     * @param early returns why the fit has ended early, if it has, and logs it
     */
    protected final TrainedTable table(Rows rows, List<String> ofFit, Supplier<Optional<String>> early) {
        TableFacts facts = rows.table().facts();
        ofFit.forEach(log::warn);
        List<String> warnings = new ArrayList<>(context.tables().warnings(facts));
        warnings.addAll(ofFit);
        early.get().ifPresent(warnings::add);
        return new TrainedTable(
                context,
                facts,
                rows.table().scaling(),
                rows.table().partitions(),
                rows.holdout() == null ? 0 : rows.holdout().rows(),
                warnings,
                context.origin(facts));
    }
}
