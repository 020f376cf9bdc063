package io.github.sparklatent.learn.stage;

import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.averaging.ToyWorker;
import io.github.sparklatent.learn.objective.StochasticObjective;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A stage of an objective that records the position of each batch and moves nothing. */
record Recorder(String name, double epochs, boolean sharesSchedules, List<StochasticObjective.Position> positions)
        implements Stage {
    Recorder(String name, double epochs, boolean sharesSchedules) {
        this(name, epochs, sharesSchedules, new ArrayList<>());
    }

    List<Double> epochsSeen() {
        return positions.stream().map(StochasticObjective.Position::epochs).toList();
    }

    List<Long> keys() {
        return positions.stream().map(StochasticObjective.Position::key).toList();
    }

    @Override
    public Begun begin(float[] before, Shards train, Consumer<String> progress) {
        return new Begun(new Objective(positions), before, options(train));
    }

    @Override
    public AveragingOptions options(Shards train) {
        return AveragingOptions.DEFAULT
                .withMaxEpochs(epochs)
                .withBatchSize(5)
                .withRoundsPerEpoch(1)
                .withSeed(3);
    }

    private record Objective(List<Position> positions) implements StochasticObjective {
        @Override
        public int parameterCount() {
            return 1;
        }

        @Override
        public List<String> measures() {
            return List.of("loss");
        }

        @Override
        public Worker worker(int maxRows) {
            return new ToyWorker(
                    (parameters, rows, weights, position, gradient, sums) -> {
                        positions.add(position);
                        gradient[0] = 0;
                    },
                    (parameters, rows, weights, sums) -> {});
        }
    }
}
