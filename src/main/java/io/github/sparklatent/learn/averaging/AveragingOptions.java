package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Options of a training by averaging. The defaults performed best on MNIST with 1 to 32 partitions.
 *
 * @param maxEpochs largest number of epochs; above 0, may be a fraction
 * @param roundsPerEpoch number of rounds of an epoch; if it is below 1, a round has several epochs. 0: eight, or fewer
 *     if a partition would have fewer than 16 batches in a round. An epoch never has more rounds than a partition has
 *     batches
 * @param batchSize number of rows of a partition's batch; 0: max(8, 128 / partitions)
 * @param patience number of evaluations without improvement after which training ends; 0: no limit. Held-out rows are
 *     evaluated once per epoch and after the last round
 * @param outer the optimiser with which the driver updates the parameters after each round
 * @param movingAverage window, in epochs, of the exponential moving average of the parameters; 0: none
 * @param optimizers the optimisers that the partitions use, one for each parameter group of the objective; at least
 *     one. The last optimiser is used for all further groups
 * @param seed seed of all random numbers
 */
@RecordBuilder
public record AveragingOptions(
        @Setting(
                key = "train.maxEpochs",
                meaning = "epochs after which training stops in any case; an epoch uses every" + " row once",
                range = "> 0")
        double maxEpochs,

        @Setting(
                key = "train.roundsPerEpoch",
                meaning =
                        "how often in an epoch the partitions' parameters are averaged;" + " below 1: every few epochs",
                range = "> 0",
                absent = "8, or fewer so that a round has 16 batches")
        double roundsPerEpoch,

        @Setting(
                key = "train.batchSize",
                meaning = "rows per step in a partition",
                range = ">= 1",
                absent = "128, for vade and cluster-vae 256, divided by the number of" + " partitions, at least 8")
        int batchSize,

        @Setting(
                key = "train.patience",
                meaning = "evaluations of held-out rows without progress before a stop; 0:"
                        + " never, needed if no round is best",
                range = ">= 0")
        int patience,

        OuterOptimizer outer,

        @Setting(
                key = "train.outer.movingAverage",
                meaning = "epochs over which the resulting parameters are averaged; 0: use" + " the last ones",
                range = ">= 0",
                param = "movingAverage")
        double movingAverage,

        List<Optimizer> optimizers,
        @Setting(key = "train.seed") long seed)
        implements AveragingOptionsBuilder.With, Serializable {
    /** The default options. Defaults are defined here only. */
    public static final AveragingOptions DEFAULT =
            new AveragingOptions(50, 0, 0, 0, OuterOptimizer.DEFAULT, 0, List.of(Optimizer.DEFAULT), 1);

    private static final int MAX_ROUNDS = 8;

    /**
     * Smallest default number of steps in a round. Outer momentum amplifies the change of a round. If a round has one
     * or two batches it amplifies noise, and the latent codes of a variational autoencoder of a small table collapse.
     */
    private static final int MIN_STEPS = 16;

    private static final int TOTAL_BATCH = 128;
    private static final int MIN_BATCH = 8;

    public AveragingOptions {
        Require.that(!optimizers.isEmpty(), "there is no optimizer, expected at least one");
        optimizers = List.copyOf(optimizers);
        Rules.of(AveragingOptions.class)
                .range("maxEpochs", maxEpochs)
                .rangeOrZero("roundsPerEpoch", roundsPerEpoch)
                .rangeOrZero("batchSize", batchSize)
                .range("patience", patience)
                .range("movingAverage", movingAverage)
                .check();
    }

    /** Optimiser of the first group. */
    public Optimizer optimizer() {
        return optimizers.get(0);
    }

    Optimizer optimizer(int group) {
        return optimizers.get(Math.min(group, optimizers.size() - 1));
    }

    public int batchSize(int partitions) {
        return batchSize > 0 ? batchSize : Math.max(MIN_BATCH, TOTAL_BATCH / Math.max(1, partitions));
    }

    /**
     * Returns the number of rounds of an epoch, based on the average number of batches of a partition.
     *
     * @param rows number of training rows in all partitions
     */
    public double roundsPerEpoch(long rows, int partitions) {
        double batches = Math.ceil((double) rows / partitions / Math.min(batchSize(partitions), rows));
        return roundsPerEpoch == 0
                ? Math.min(MAX_ROUNDS, Math.max(1, Math.floor(batches / MIN_STEPS)))
                : Math.min(roundsPerEpoch, Math.max(1, batches));
    }

    /** Returns warnings about these options for this data as sentences; usually none. */
    public List<String> warnings(long rows, int partitions) {
        List<String> warnings = new ArrayList<>();
        if (partitions > rows) {
            warnings.add(
                    "%d partitions for %d training rows: some are empty and have no work; use at most as many partitions as rows"
                            .formatted(partitions, rows));
        } else if (batchSize(partitions) > rows / partitions) {
            warnings.add(
                    "a batch of %d rows is larger than a partition (%d rows on average): each partition's rows are one batch"
                            .formatted(batchSize(partitions), rows / partitions));
        }
        if (roundsPerEpoch(rows, partitions) < roundsPerEpoch) {
            warnings.add("a partition has %s batches on average, so an epoch has as many rounds, not %s"
                    .formatted(roundsPerEpoch(rows, partitions), roundsPerEpoch));
        }
        return warnings;
    }

    /** Returns a copy with one optimiser for all groups. */
    public AveragingOptions withOptimizer(Optimizer value) {
        return withOptimizers(List.of(value));
    }
}
