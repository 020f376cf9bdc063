package io.github.sparklatent.bench.networks;

import io.github.sparklatent.learn.AveragingListener;
import io.github.sparklatent.learn.AveragingLoop;
import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.AveragingState;
import io.github.sparklatent.learn.InMemoryShards;
import io.github.sparklatent.learn.StochasticObjective;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.VariationalObjective;
import io.github.sparklatent.vae.objective.VariationalOptions;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/** An objective that looks at the heap in the middle of a round. */
final class HeldMemory implements StochasticObjective {
    private static final long serialVersionUID = 1L;
    private static final int LAST = 8;

    private final StochasticObjective objective;
    private final double[] seen;

    private HeldMemory(StochasticObjective objective, double[] seen) {
        this.objective = objective;
        this.seen = seen;
    }

    /**
     * Bytes that are reachable after the eighth batch of a task and were not before the round: its
     * buffers, the parameters that it works on and the optimiser's moments.
     *
     * @param batch rows of a batch
     */
    static double ofOneRound(Architecture architecture, FMatrixRMaj rows, int batch) {
        double[] seen = new double[1];
        float[] start = architecture.initialize(Kind.VARIATIONAL, 1);
        InMemoryShards shards = InMemoryShards.of(rows, 1);
        HeldMemory objective =
                new HeldMemory(
                        new VariationalObjective(architecture, VariationalOptions.DEFAULT), seen);
        double before = TaskMemory.heap();
        AveragingLoop.run(
                "memory",
                objective,
                shards,
                null,
                AveragingState.start(start),
                AveragingOptions.DEFAULT
                        .withBatchSize(batch)
                        .withLocalSteps(LAST)
                        .withMaxPasses((double) LAST * batch / rows.numRows),
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
        return new Watching(objective.worker(maxRows), seen);
    }

    private static final class Watching implements Worker {
        private final Worker worker;
        private final double[] seen;
        private int batches;

        Watching(Worker worker, double[] seen) {
            this.worker = worker;
            this.seen = seen;
        }

        @Override
        public void gradient(
                float[] parameters,
                FMatrixRMaj rows,
                float[] weights,
                Position position,
                float[] gradient,
                double[] sums) {
            worker.gradient(parameters, rows, weights, position, gradient, sums);
            batches++;
            if (batches == LAST) {
                seen[0] = TaskMemory.heap();
            }
        }

        @Override
        public void evaluate(float[] parameters, FMatrixRMaj rows, float[] weights, double[] sums) {
            worker.evaluate(parameters, rows, weights, sums);
        }
    }
}
