package io.github.sparklatent.bench.memory;

import io.github.sparklatent.bench.report.Machine;
import io.github.sparklatent.learn.averaging.AveragingListener;
import io.github.sparklatent.learn.averaging.AveragingLoop;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.AveragingState;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.VariationalObjective;
import io.github.sparklatent.vae.objective.VariationalOptions;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/** An objective that reads the heap in the middle of a round. */
final class NetworkMemory implements StochasticObjective {
    private static final long serialVersionUID = 1L;

    /** Batches after which the heap is read. */
    private static final int LAST = 8;

    private final StochasticObjective objective;
    private final double[] seen;

    private NetworkMemory(StochasticObjective objective, double[] seen) {
        this.objective = objective;
        this.seen = seen;
    }

    /**
     * Returns the bytes that are reachable after the eighth batch of a task and were not before the round: the task's
     * buffers, its parameters and the optimiser's moments.
     */
    static double ofOneRound(Architecture architecture, FMatrixRMaj rows, int batchSize) {
        double[] seen = new double[1];
        float[] start = architecture.initialize(Kind.VARIATIONAL, 1);
        InMemoryShards shards = InMemoryShards.of(rows, 1);
        NetworkMemory objective =
                new NetworkMemory(new VariationalObjective(architecture, VariationalOptions.DEFAULT), seen);
        double before = Machine.heap();
        AveragingLoop.run(
                "memory",
                objective,
                shards,
                null,
                AveragingState.start(start),
                AveragingOptions.DEFAULT
                        .withBatchSize(batchSize)
                        .withLocalSteps(LAST)
                        .withMaxEpochs((double) LAST * batchSize / rows.numRows),
                AveragingListener.NONE);
        return seen[0] - before;
    }

    @Override
    public int parameterCount() {
        return objective.parameterCount();
    }

    @Override
    public List<String> measures() {
        return objective.measures();
    }

    @Override
    public Worker worker(int maxRows) {
        Worker worker = objective.worker(maxRows);
        return new Worker() {
            private int batches;

            @Override
            public void gradient(
                    float[] parameters,
                    FMatrixRMaj rows,
                    float[] weights,
                    Position position,
                    float[] gradient,
                    double[] sums) {
                worker.gradient(parameters, rows, weights, position, gradient, sums);
                if (++batches == LAST) {
                    seen[0] = Machine.heap();
                }
            }

            @Override
            public void evaluate(float[] parameters, FMatrixRMaj rows, float[] weights, double[] sums) {
                worker.evaluate(parameters, rows, weights, sums);
            }
        };
    }
}
