package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.PackedFloats;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.learn.objective.StochasticObjective.Position;
import io.github.sparklatent.learn.optimizer.Moments;
import io.github.sparklatent.learn.optimizer.OptimizerSteps;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * One round of local training: every partition takes the optimisers' steps over its next batches,
 * the groups in turn within each batch, all partitions from the same parameters.
 *
 * <p>Returned to be averaged: the parameters that are moved, as {@link ParameterGroups} packs them,
 * and, unless they are reset, the moments behind them, group after group. Returned to be added: Σ
 * w_i measure_ij for each measure j, then Σ w_i over the rows met, the partition's weight times the
 * steps its moments stand for, the steps taken and the rows met.
 *
 * <p>Memory of a task beside its rows, in floats, n being the parameters, all of them moved, and m
 * the optimiser's vectors: (1 + m) n sent, (2 + m) n to work on (m n more while it begins), (1 + m)
 * n returned, and the objective's buffers of one batch.
 *
 * @param objective followed downhill
 * @param options of the training
 * @param round number of the round, from 0
 * @param parameters to start from
 * @param moments to start from, or without entries where there are none
 * @param steps those moments stand for
 * @param rowsSeen rows met by all partitions before this round
 * @param totalRows of all partitions
 * @param partitions of the data
 */
record LocalSteps(
        StochasticObjective objective,
        AveragingOptions options,
        int round,
        PackedFloats parameters,
        PackedFloats moments,
        long steps,
        long rowsSeen,
        long totalRows,
        int partitions)
        implements PartitionWork {
    /** Places of the sums after those of the measures. */
    static final int WEIGHT = 0;

    static final int MOMENT_STEPS = 1;
    static final int STEPS = 2;
    static final int ROWS = 3;
    private static final int OWN_SUMS = 4;

    @Override
    public int length() {
        ParameterGroups groups = ParameterGroups.of(objective);
        return groups.moved() + groups.moments(options);
    }

    @Override
    public int sums() {
        return objective.measures().size() + OWN_SUMS;
    }

    @Override
    public PartitionResult run(int partition, PartitionRows rows) {
        BatchSequence batches =
                new BatchSequence(
                        partition, rows.size(), options.batchSize(partitions), options.seed());
        long first = limit(round, batches.perEpoch());
        long end = limit(round + 1L, batches.perEpoch());
        Descent descent = new Descent(batches, rows);
        for (long batch = first; batch < end; batch++) {
            descent.step(batch);
        }
        return descent.result();
    }

    /** The first batch of a round, of which an epoch has so many. */
    private long limit(long number, int perEpoch) {
        if (options.localSteps() > 0) {
            return number * options.localSteps();
        }
        double rounds = options.roundsPerEpoch(totalRows, partitions);
        double last = Math.ceil(options.maxEpochs() * perEpoch);
        return (long) Math.min(last, Math.floor(number * (double) perEpoch / rounds));
    }

    /** The steps of one partition. */
    private final class Descent {
        private final BatchSequence batches;
        private final PartitionRows rows;
        private final StochasticObjective.Worker worker;
        private final ParameterGroups groups = ParameterGroups.of(objective);
        private final List<OptimizerSteps> optimizers;
        private final float[] current = parameters.unpack();
        private final float[] gradient = new float[parameters.length()];
        private final FMatrixRMaj batchRows;
        private final float[] weights;
        private final double[] sums = new double[sums()];
        private final int measures = objective.measures().size();
        private long met;

        Descent(BatchSequence batches, PartitionRows rows) {
            this.batches = batches;
            this.rows = rows;
            this.worker = objective.worker(batches.batchSize());
            float[] before = options.moments() == Moments.RESET ? new float[0] : moments.unpack();
            this.optimizers = groups.steps(options, before, steps);
            this.batchRows = new FMatrixRMaj(batches.batchSize(), rows.width());
            this.weights = new float[batches.batchSize()];
        }

        void step(long batch) {
            int size = batches.size(batch);
            rows.gather(batches.order(batch), batches.from(batch), size, batchRows, weights);
            double epochs = epochs();
            for (int group = 0; group < optimizers.size(); group++) {
                turn(group, new Position(batches.key(batch), epochs, group));
            }
            for (int i = 0; i < size; i++) {
                sums[measures + WEIGHT] += weights[i];
            }
            sums[measures + STEPS]++;
            met += size;
        }

        private void turn(int group, Position position) {
            worker.gradient(current, batchRows, weights, position, gradient, sums);
            double rate = options.optimizer(group).rate(position.epochs(), options.maxEpochs());
            optimizers.get(group).take(current, gradient, rate);
        }

        /** What all partitions would have seen, were they as far as this one in its rows. */
        private double epochs() {
            return (rowsSeen + met * ((double) totalRows / rows.size())) / totalRows;
        }

        PartitionResult result() {
            float[] values = new float[length()];
            System.arraycopy(groups.pack(current), 0, values, 0, groups.moved());
            if (options.moments() == Moments.AVERAGE) {
                int at = groups.moved();
                for (OptimizerSteps optimizer : optimizers) {
                    at = optimizer.copyMoments(values, at);
                }
            }
            sums[measures + MOMENT_STEPS] = rows.weight() * optimizers.get(0).steps();
            sums[measures + ROWS] = met;
            return new PartitionResult(rows.weight(), values, sums);
        }
    }
}
