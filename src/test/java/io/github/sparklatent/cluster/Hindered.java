package io.github.sparklatent.cluster;

import io.github.sparklatent.learn.Expectation;
import io.github.sparklatent.learn.Pass;
import io.github.sparklatent.learn.PassResult;
import io.github.sparklatent.learn.RowScore;
import io.github.sparklatent.learn.SelectedRow;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;

/**
 * A pass whose first attempt at one partition meets with something.
 *
 * @param traversals part of the descriptions of those that are hindered; empty: all
 */
record Hindered(Pass pass, Hindrance hindrance, String traversals) implements Pass {
    enum Hindrance {
        /** The task throws. */
        FAILURE,
        /** The executor's process ends. */
        DEATH,
        /** The task goes on only to be killed. */
        STANDSTILL
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
        return pass.sums(
                description,
                description.contains(traversals)
                        ? new HinderedExpectation(expectation, hindrance)
                        : expectation);
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
            boolean first = task.attemptNumber() == 0 && task.stageAttemptNumber() == 0;
            if (first && task.partitionId() == 1) {
                hinder();
            }
            return expectation.accumulator();
        }

        private void hinder() {
            switch (hindrance) {
                case FAILURE -> throw new IllegalStateException("hindered");
                case DEATH -> Runtime.getRuntime().halt(1);
                case STANDSTILL -> awaitTheEnd();
            }
        }

        private static void awaitTheEnd() {
            try {
                new CountDownLatch(1).await(); // Spark interrupts an attempt that was overtaken
            } catch (InterruptedException e) {
                throw new TaskKilledException("overtaken by its copy");
            }
        }
    }
}
