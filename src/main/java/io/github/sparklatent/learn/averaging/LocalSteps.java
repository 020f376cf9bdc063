package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.PackedFloats;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.learn.objective.StochasticObjective.Position;
import io.github.sparklatent.learn.optimizer.OptimizerSteps;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * One round of local training. Starting from the same parameters, every partition takes the optimisers' steps over its
 * next batches. Within each batch the groups take turns.
 *
 * <p>A partition's weight in the average is the weight of its rows divided by its number of steps in an epoch, up to a
 * factor that is the same for all partitions. So the average moves along the gradient of the weighted mean of all rows,
 * for any sizes of the partitions.
 *
 * <p>The vector to be averaged has the updated parameters, packed by {@link ParameterGroups}, and the moments of each
 * group. The vector of sums has Σ w_i measure_ij for each measure j, then Σ w_i over the rows processed, the
 * partition's weight times the number of steps behind its moments, the number of steps taken and the number of rows
 * processed.
 *
 * <p>Memory in floats besides the rows, for n parameters, all of them updated, and m vectors of moments: (1 + m) n
 * received by all tasks of an executor together. Each task has (2 + m) n as workspace, the objective's workspace of one
 * batch, and (1 + m) n to return; if m is 0, the parameters of the workspace are returned.
 *
 * @param objective objective to minimise
 * @param options options of the training
 * @param round number of the round, from 0
 * @param parameters initial parameters of the round
 * @param moments initial moments of the round, or empty
 * @param steps number of steps behind these moments
 * @param rowsSeen number of rows processed by all partitions before this round
 * @param epochsBefore epochs of earlier stages that the objective's schedules count
 * @param totalRows number of rows of all partitions
 * @param partitions number of partitions
 */
record LocalSteps(
        StochasticObjective objective,
        AveragingOptions options,
        int round,
        PackedFloats parameters,
        PackedFloats moments,
        long steps,
        long rowsSeen,
        double epochsBefore,
        long totalRows,
        int partitions)
        implements PartitionWork {
    /** Indices of the sums that follow the measures. */
    static final int WEIGHT = 0;

    static final int MOMENT_STEPS = 1;
    static final int STEPS = 2;
    static final int ROWS = 3;
    private static final int OWN_SUMS = 4;

    /** Number of elements of the longest array. */
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

    @Override
    public int length() {
        ParameterGroups groups = ParameterGroups.of(objective);
        long length = groups.updated() + groups.moments(options);
        if (length > MAX_LENGTH) {
            throw new DataException(
                    "each partition sends %,d numbers in a round, parameters and moments, expected at most %,d, because they are one array; use a smaller model, or an optimizer with fewer moments"
                            .formatted(length, MAX_LENGTH));
        }
        return (int) length;
    }

    @Override
    public int sums() {
        return objective.measures().size() + OWN_SUMS;
    }

    @Override
    public PartitionResult run(int partition, PartitionRows rows) {
        BatchSequence batches =
                new BatchSequence(partition, rows.cumulativeWeights(), options.batchSize(partitions), options.seed());
        long first = limit(round, batches.perEpoch());
        long end = limit(round + 1L, batches.perEpoch());
        Descent descent = new Descent(batches, rows);
        for (long batch = first; batch < end; batch++) {
            descent.step(batch);
        }
        return descent.result();
    }

    /** Returns the number of batches of a partition before a round, given the number of batches per epoch. */
    private long limit(long number, int perEpoch) {
        double rounds = options.roundsPerEpoch(totalRows, partitions);
        double last = Math.ceil(options.maxEpochs() * perEpoch);
        return (long) Math.min(last, Math.floor(number * (double) perEpoch / rounds));
    }

    /**
     * Returns the number of steps in an epoch of a partition of average size, divided by the number of steps in an
     * epoch of this partition. A larger partition takes more steps in a round, so its parameters move further; its
     * rows' weight alone would count its size twice (Wang et al. 2020, Tackling the Objective Inconsistency Problem,
     * theorem 1). Exactly 1 if all partitions take equally many steps.
     */
    private double normalization(int perEpoch) {
        double size = (double) totalRows / partitions;
        return Math.ceil(size / options.batchSize(partitions)) / perEpoch;
    }

    /** The training of one partition in one round. */
    private final class Descent {
        private final BatchSequence batches;
        private final PartitionRows rows;
        private final StochasticObjective.Worker worker;
        private final ParameterGroups groups = ParameterGroups.of(objective);
        private final List<OptimizerSteps> optimizers;
        private final float[] current = parameters.values().clone();
        private final float[] gradient = new float[parameters.length()];
        private final FMatrixRMaj batchRows;
        private final float[] weights;

        /** Weight of each row if rows are drawn in proportion to their weights: the mean of the weights. */
        private final float drawWeight;

        private final double[] sums = new double[sums()];
        private final int measures = objective.measures().size();
        private long seen;

        /** The group whose steps are taken. */
        private int turn;

        Descent(BatchSequence batches, PartitionRows rows) {
            this.batches = batches;
            this.rows = rows;
            this.worker = objective.worker(batches.batchSize());
            this.optimizers = groups.steps(options, moments.values(), steps);
            this.batchRows = new FMatrixRMaj(batches.batchSize(), rows.width());
            this.weights = new float[batches.batchSize()];
            this.drawWeight = (float) (rows.weight() / rows.size());
            if (optimizers.stream().allMatch(OptimizerSteps::areTakenEarly)) {
                worker.stepEarly((from, length, derivatives, at) ->
                        optimizers.get(turn).take(current, from, from + length, derivatives, at));
            }
        }

        void step(long batch) {
            int size = batches.size(batch);
            rows.gather(batches.order(batch), batches.from(batch), size, batchRows, weights);
            if (batches.isDrawnByWeight()) {
                Arrays.fill(weights, 0, size, drawWeight);
            }
            double epochs = epochs();
            for (int group = 0; group < optimizers.size(); group++) {
                turn(group, epochs, new Position(batches.key(batch), epochsBefore + epochs, group));
            }
            for (int i = 0; i < size; i++) {
                sums[measures + WEIGHT] += weights[i];
            }
            sums[measures + STEPS]++;
            seen += size;
        }

        private void turn(int group, double epochs, Position position) {
            turn = group;
            optimizers.get(group).begin(options.optimizer(group).rate(epochs, options.maxEpochs()));
            worker.gradient(current, batchRows, weights, position, gradient, sums);
            optimizers.get(group).finish(current, gradient);
        }

        /** Epochs completed if every partition has processed the same fraction of its rows as this partition. */
        private double epochs() {
            return (rowsSeen + seen * ((double) totalRows / rows.size())) / totalRows;
        }

        PartitionResult result() {
            float[] values = groups.pack(current);
            if (groups.moments(options) > 0) {
                values = Arrays.copyOf(values, length());
                int at = groups.updated();
                for (OptimizerSteps optimizer : optimizers) {
                    at = optimizer.copyMoments(values, at);
                }
            }
            double weight = rows.weight() * normalization(batches.perEpoch());
            sums[measures + MOMENT_STEPS] = weight * optimizers.get(0).steps();
            sums[measures + ROWS] = seen;
            return new PartitionResult(weight, values, sums);
        }
    }

    /**
     * The endless sequence of a partition's batches: in every epoch as many rows as the partition has are drawn,
     * shuffled and cut into batches of batchSize rows; the last one of an epoch may be smaller.
     *
     * <p>Of N rows with weights w_i of sum W, an epoch draws row i either ⌊N w_i / W⌋ times or once more, N w_i / W
     * times in expectation (systematic sampling; Douc, Cappé and Moulines 2005, section 2.4). So the mean over a batch
     * estimates the weighted mean over the partition without bias at every batch size, and a heavy row is many small
     * steps and not a long one. With equal weights an epoch has each row once. If a single batch has all rows, each is
     * in it once and counts by its weight.
     *
     * <p>A round takes an interval of whole batches, so the length of rounds does not change the batches. With one
     * partition, plain averaging and averaged moments, the result has the same bits for any number of rounds.
     */
    static final class BatchSequence {
        private final int partition;
        private final int rows;
        private final int batchSize;
        private final long seed;
        private final double[] cumulativeWeights;
        private final int[] order;
        private long orderedEpoch = -1;

        /**
         * Creates the sequence of a partition.
         *
         * @param cumulativeWeights Σ_{j ≤ i} w_j for each row i of the partition, at least one. Not modified.
         * @param batchSize largest number of rows of a batch
         */
        BatchSequence(int partition, double[] cumulativeWeights, int batchSize, long seed) {
            this.partition = partition;
            this.cumulativeWeights = cumulativeWeights;
            this.rows = cumulativeWeights.length;
            this.batchSize = Math.min(rows, batchSize);
            this.seed = seed;
            this.order = new int[rows];
        }

        int batchSize() {
            return batchSize;
        }

        int perEpoch() {
            return (rows + batchSize - 1) / batchSize;
        }

        /** Returns whether the weights of rows determine how often they are drawn. */
        boolean isDrawnByWeight() {
            return perEpoch() > 1;
        }

        /** Index within {@link #order} at which a batch begins. */
        int from(long batch) {
            return (int) (batch % perEpoch()) * batchSize;
        }

        int size(long batch) {
            return Math.min(batchSize, rows - from(batch));
        }

        /** Returns the order of rows in the epoch of a batch. Valid until the next call for another epoch. */
        int[] order(long batch) {
            long epoch = batch / perEpoch();
            if (epoch != orderedEpoch) {
                double offset = RandomStreams.of(seed, Purpose.WEIGHTED_DRAW, partition, epoch)
                        .nextDouble();
                shuffle(offset, RandomStreams.of(seed, Purpose.ORDER, partition, epoch));
                orderedEpoch = epoch;
            }
            return order;
        }

        /**
         * Draws the rows of an epoch and shuffles them by the algorithm of Fisher and Yates.
         *
         * @param offset position of the first draw on the scale of cumulative weights, as a fraction of the distance
         *     between two draws, in [0, 1)
         */
        private void shuffle(double offset, RandomGenerator random) {
            double spacing = cumulativeWeights[rows - 1] / rows;
            int row = 0;
            for (int i = 0; i < rows; i++) {
                if (isDrawnByWeight()) {
                    while (row < rows - 1 && cumulativeWeights[row] <= (i + offset) * spacing) {
                        row++;
                    }
                } else {
                    row = i;
                }
                int j = (int) ((random.nextLong() >>> 32) * (i + 1) >>> 32);
                order[i] = order[j];
                order[j] = row;
            }
        }

        /** Returns the seed of all randomness of a batch. */
        long key(long batch) {
            return RandomStreams.key(seed, Purpose.BATCH, partition, batch);
        }
    }
}
