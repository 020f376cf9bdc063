package io.github.sparklatent.cluster;

import java.util.concurrent.CountDownLatch;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;

/** What the first attempt at one partition meets with. */
enum Hindrance {
    /** The task throws. */
    FAILURE,
    /** The executor's process ends. */
    DEATH,
    /** The task goes on only to be killed. */
    STANDSTILL;

    private static final int PARTITION = 1;

    /** Called in a task: hinders the one that it is meant for. */
    void meet() {
        TaskContext task = TaskContext.get();
        boolean first = task.attemptNumber() == 0 && task.stageAttemptNumber() == 0;
        if (!first || task.partitionId() != PARTITION) {
            return;
        }
        switch (this) {
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
