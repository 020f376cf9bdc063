package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.optimizer.Moments;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Options of a training by averaging. The defaults performed best on MNIST with 1 to 32 partitions.
 *
 * @param maxEpochs largest number of epochs; above 0, may be a fraction
 * @param roundsPerEpoch number of rounds of an epoch; if it is below 1, a round has several epochs.
 *     0: eight, or fewer if a partition would have fewer than 16 batches in a round. Not used if
 *     localSteps is set. An epoch never has more rounds than a partition has batches
 * @param localSteps number of batches of each partition in a round; 0: determined by roundsPerEpoch
 * @param batchSize number of rows of a partition's batch; 0: max(8, 128 / partitions)
 * @param optimizers the optimisers that the partitions use, one for each parameter group of the
 *     objective; at least one. The last optimiser is used for all further groups
 * @param moments whether the optimisers' moments are averaged or reset after each round
 * @param outer the optimiser with which the driver updates the parameters after each round
 * @param movingAverage window, in epochs, of the exponential moving average of the parameters; 0:
 *     none
 * @param evaluateEvery number of rounds between two evaluations on held-out rows; 0: once per
 *     epoch. The last round is always evaluated
 * @param patience number of evaluations without improvement after which training ends; 0: no limit
 * @param seed seed of all random numbers
 */
@RecordBuilder
public record AveragingOptions(
        double maxEpochs,
        double roundsPerEpoch,
        int localSteps,
        int batchSize,
        List<Optimizer> optimizers,
        Moments moments,
        OuterOptimizer outer,
        double movingAverage,
        int evaluateEvery,
        int patience,
        long seed)
        implements AveragingOptionsBuilder.With, Serializable {
    /** The default options. Defaults are defined here only. */
    public static final AveragingOptions DEFAULT =
            new AveragingOptions(
                    50,
                    0,
                    0,
                    0,
                    List.of(Optimizer.DEFAULT),
                    Moments.AVERAGE,
                    OuterOptimizer.DEFAULT,
                    0,
                    0,
                    0,
                    1);

    private static final int MAX_ROUNDS = 8;

    /**
     * Smallest default number of steps in a round. Outer momentum amplifies the change of a round.
     * If a round has one or two batches it amplifies noise, and the latent codes of a variational
     * autoencoder of a small table collapse.
     */
    private static final int MIN_STEPS = 16;

    private static final int TOTAL_BATCH = 128;
    private static final int MIN_BATCH = 8;

    public AveragingOptions {
        Require.that(
                maxEpochs > 0 && maxEpochs < Double.POSITIVE_INFINITY,
                "maxEpochs is %s, expected a number above 0",
                maxEpochs);
        Require.that(
                roundsPerEpoch >= 0 && roundsPerEpoch < Double.POSITIVE_INFINITY,
                "roundsPerEpoch is %s, expected a number above 0, or 0 for the default",
                roundsPerEpoch);
        requireNotNegative("localSteps", localSteps);
        requireNotNegative("batchSize", batchSize);
        Require.that(!optimizers.isEmpty(), "there is no optimizer, expected at least one");
        optimizers = List.copyOf(optimizers);
        Require.that(
                movingAverage >= 0 && movingAverage < Double.POSITIVE_INFINITY,
                "movingAverage is %s epochs, expected a number not below 0",
                movingAverage);
        requireNotNegative("evaluateEvery", evaluateEvery);
        requireNotNegative("patience", patience);
    }

    /** Creates options with one optimiser for all groups. */
    public AveragingOptions(
            double maxEpochs,
            double roundsPerEpoch,
            int localSteps,
            int batchSize,
            Optimizer optimizer,
            Moments moments,
            OuterOptimizer outer,
            double movingAverage,
            int evaluateEvery,
            int patience,
            long seed) {
        this(
                maxEpochs,
                roundsPerEpoch,
                localSteps,
                batchSize,
                List.of(optimizer),
                moments,
                outer,
                movingAverage,
                evaluateEvery,
                patience,
                seed);
    }

    private static void requireNotNegative(String name, int value) {
        Require.that(value >= 0, "%s is %d, expected a number not below 0", name, value);
    }

    /** Optimiser of the first group. */
    public Optimizer optimizer() {
        return optimizers.get(0);
    }

    /** Optimiser of a group. */
    Optimizer optimizer(int group) {
        return optimizers.get(Math.min(group, optimizers.size() - 1));
    }

    /**
     * Returns the number of rows of a partition's batch.
     *
     * @param partitions number of partitions
     */
    public int batchSize(int partitions) {
        return batchSize > 0
                ? batchSize
                : Math.max(MIN_BATCH, TOTAL_BATCH / Math.max(1, partitions));
    }

    /**
     * Returns the number of rounds of an epoch, based on the average number of batches of a
     * partition.
     *
     * @param rows number of training rows in all partitions
     */
    public double roundsPerEpoch(long rows, int partitions) {
        double batches =
                Math.ceil((double) rows / partitions / Math.min(batchSize(partitions), rows));
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
        if (localSteps == 0 && roundsPerEpoch(rows, partitions) < roundsPerEpoch) {
            warnings.add(
                    "a partition has %s batches on average, so an epoch has as many rounds, not %s"
                            .formatted(roundsPerEpoch(rows, partitions), roundsPerEpoch));
        }
        return warnings;
    }

    /** Returns a copy with one optimiser for all groups. */
    public AveragingOptions withOptimizer(Optimizer value) {
        return withOptimizers(List.of(value));
    }
}
