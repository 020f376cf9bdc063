package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.optimizer.Moments;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * How parameters are trained by averaging. The defaults are what did best on MNIST with 1 to 32
 * partitions.
 *
 * @param maxEpochs over the data; above 0, may be a fraction
 * @param roundsPerEpoch below 1 a round is several epochs; 0: eight, or fewer so that a round has
 *     16 batches of a partition where an epoch has as many. Of no effect with localSteps. An epoch
 *     has no more rounds than a partition has batches
 * @param localSteps batches of each partition in a round; 0: as roundsPerEpoch has it
 * @param batchSize rows of a partition's batch; 0: max(8, 128 / partitions)
 * @param optimizers of the partitions: one for each group of the objective, the last of them for
 *     all groups that are left; at least one
 * @param moments what becomes of their moments between rounds
 * @param outer optimiser of the driver
 * @param movingAverage epochs over which the driver averages the parameters of its rounds,
 *     exponentially; 0: not at all
 * @param evaluateEvery rounds from one evaluation on held-out rows to the next; 0: once an epoch.
 *     The last round is always evaluated
 * @param patience evaluations without a better one after which training ends; 0: never
 * @param seed of all that is random
 */
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
        implements Serializable {
    /** The only place where defaults are written. */
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

    private static final int MOST_ROUNDS = 8;

    /**
     * Outer momentum multiplies what a round has done several times; of rounds of a batch or two it
     * is noise that is multiplied, and a variational autoencoder of a small table loses its codes.
     */
    private static final int LEAST_STEPS = 16;

    private static final int TOTAL_BATCH = 128;
    private static final int LEAST_BATCH = 8;

    public AveragingOptions {
        Require.that(
                maxEpochs > 0 && maxEpochs < Double.POSITIVE_INFINITY,
                "maxEpochs is %s, expected a number above 0",
                maxEpochs);
        Require.that(
                roundsPerEpoch >= 0 && roundsPerEpoch < Double.POSITIVE_INFINITY,
                "roundsPerEpoch is %s, expected a number above 0, or 0: from the data's size",
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

    /** With one optimiser for all groups. */
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

    /** The optimiser of the first group. */
    public Optimizer optimizer() {
        return optimizers.get(0);
    }

    /** The optimiser of a group. */
    Optimizer optimizer(int group) {
        return optimizers.get(Math.min(group, optimizers.size() - 1));
    }

    /** Rows of a batch where the data lies in so many partitions. */
    public int batchSize(int partitions) {
        return batchSize > 0
                ? batchSize
                : Math.max(LEAST_BATCH, TOTAL_BATCH / Math.max(1, partitions));
    }

    /** Rounds of an epoch over that data, by the batches that a partition has on average. */
    public double roundsPerEpoch(long rows, int partitions) {
        double batches =
                Math.ceil((double) rows / partitions / Math.min(batchSize(partitions), rows));
        return roundsPerEpoch == 0
                ? Math.min(MOST_ROUNDS, Math.max(1, Math.floor(batches / LEAST_STEPS)))
                : Math.min(roundsPerEpoch, Math.max(1, batches));
    }

    /** What a person should know of these options with that data; sentences, mostly none. */
    public List<String> warnings(long rows, int partitions) {
        List<String> warnings = new ArrayList<>();
        if (partitions > rows) {
            warnings.add(
                    "%d partitions hold %d rows: some are empty and have no work"
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

    public AveragingOptions withMaxEpochs(double value) {
        return new AveragingOptions(
                value,
                roundsPerEpoch,
                localSteps,
                batchSize,
                optimizers,
                moments,
                outer,
                movingAverage,
                evaluateEvery,
                patience,
                seed);
    }

    public AveragingOptions withRoundsPerEpoch(double value) {
        return new AveragingOptions(
                maxEpochs,
                value,
                localSteps,
                batchSize,
                optimizers,
                moments,
                outer,
                movingAverage,
                evaluateEvery,
                patience,
                seed);
    }

    public AveragingOptions withLocalSteps(int value) {
        return new AveragingOptions(
                maxEpochs,
                roundsPerEpoch,
                value,
                batchSize,
                optimizers,
                moments,
                outer,
                movingAverage,
                evaluateEvery,
                patience,
                seed);
    }

    public AveragingOptions withBatchSize(int value) {
        return new AveragingOptions(
                maxEpochs,
                roundsPerEpoch,
                localSteps,
                value,
                optimizers,
                moments,
                outer,
                movingAverage,
                evaluateEvery,
                patience,
                seed);
    }

    /** With one optimiser for all groups. */
    public AveragingOptions withOptimizer(Optimizer value) {
        return withOptimizers(List.of(value));
    }

    public AveragingOptions withOptimizers(List<Optimizer> value) {
        return new AveragingOptions(
                maxEpochs,
                roundsPerEpoch,
                localSteps,
                batchSize,
                value,
                moments,
                outer,
                movingAverage,
                evaluateEvery,
                patience,
                seed);
    }

    public AveragingOptions withMoments(Moments value) {
        return new AveragingOptions(
                maxEpochs,
                roundsPerEpoch,
                localSteps,
                batchSize,
                optimizers,
                value,
                outer,
                movingAverage,
                evaluateEvery,
                patience,
                seed);
    }

    public AveragingOptions withOuter(OuterOptimizer value) {
        return new AveragingOptions(
                maxEpochs,
                roundsPerEpoch,
                localSteps,
                batchSize,
                optimizers,
                moments,
                value,
                movingAverage,
                evaluateEvery,
                patience,
                seed);
    }

    public AveragingOptions withMovingAverage(double value) {
        return new AveragingOptions(
                maxEpochs,
                roundsPerEpoch,
                localSteps,
                batchSize,
                optimizers,
                moments,
                outer,
                value,
                evaluateEvery,
                patience,
                seed);
    }

    public AveragingOptions withEvaluateEvery(int value) {
        return new AveragingOptions(
                maxEpochs,
                roundsPerEpoch,
                localSteps,
                batchSize,
                optimizers,
                moments,
                outer,
                movingAverage,
                value,
                patience,
                seed);
    }

    public AveragingOptions withPatience(int value) {
        return new AveragingOptions(
                maxEpochs,
                roundsPerEpoch,
                localSteps,
                batchSize,
                optimizers,
                moments,
                outer,
                movingAverage,
                evaluateEvery,
                value,
                seed);
    }

    public AveragingOptions withSeed(long value) {
        return new AveragingOptions(
                maxEpochs,
                roundsPerEpoch,
                localSteps,
                batchSize,
                optimizers,
                moments,
                outer,
                movingAverage,
                evaluateEvery,
                patience,
                value);
    }
}
