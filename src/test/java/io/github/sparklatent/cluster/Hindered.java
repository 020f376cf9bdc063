package io.github.sparklatent.cluster;

import io.github.sparklatent.learn.Expectation;
import io.github.sparklatent.learn.Pass;
import io.github.sparklatent.learn.PassResult;
import io.github.sparklatent.learn.RowScore;
import io.github.sparklatent.learn.SelectedRow;
import java.util.List;
import org.apache.spark.TaskContext;

/** A pass whose first attempt at one partition meets with something, in every traversal. */
record Hindered(Pass pass, Hindrance hindrance) implements Pass {
    enum Hindrance {
        /** The task throws. */
        FAILURE,
        /** The task takes very much longer than the others. */
        DELAY,
        /** The executor's process ends, once. */
        DEATH
    }

    @Override
    public int width() {
        return pass.width();
    }

    @Override
    public long rows() {
        return pass.rows();
    }

    @Override
    public PassResult sums(String description, Expectation expectation) {
        return pass.sums(description, new HinderedExpectation(expectation, hindrance));
    }

    @Override
    public List<SelectedRow> smallest(String description, RowScore score, int count) {
        return pass.smallest(description, score, count);
    }

    private record HinderedExpectation(Expectation expectation, Hindrance hindrance)
            implements Expectation {
        @Override
        public int length() {
            return expectation.length();
        }

        @Override
        public Accumulator accumulator() {
            TaskContext task = TaskContext.get();
            if (task.partitionId() == 1 && task.attemptNumber() == 0) {
                meet(task.stageId());
            }
            return expectation.accumulator();
        }

        private void meet(int stage) {
            switch (hindrance) {
                case FAILURE -> throw new IllegalStateException("hindered");
                case DELAY -> sleep();
                case DEATH -> Runtime.getRuntime().halt(1);
                default -> throw new IllegalStateException("stage " + stage);
            }
        }

        private static void sleep() {
            try {
                Thread.sleep(20_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
