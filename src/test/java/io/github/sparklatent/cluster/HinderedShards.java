package io.github.sparklatent.cluster;

import io.github.sparklatent.learn.PartitionRows;
import io.github.sparklatent.learn.PartitionWork;
import io.github.sparklatent.learn.Shards;
import org.apache.spark.TaskContext;

/** Shards of which one partition's first attempt fails, after its work is done, in every round. */
record HinderedShards(Shards shards) implements Shards {
    @Override
    public int width() {
        return shards.width();
    }

    @Override
    public long rows() {
        return shards.rows();
    }

    @Override
    public int partitions() {
        return shards.partitions();
    }

    @Override
    public Result run(String description, PartitionWork work) {
        return shards.run(description, new HinderedWork(work));
    }

    private record HinderedWork(PartitionWork work) implements PartitionWork {
        @Override
        public int length() {
            return work.length();
        }

        @Override
        public int sums() {
            return work.sums();
        }

        @Override
        public PartitionResult run(int partition, PartitionRows rows) {
            PartitionResult result = work.run(partition, rows);
            TaskContext task = TaskContext.get();
            if (partition == 1 && task.attemptNumber() == 0 && task.stageAttemptNumber() == 0) {
                throw new IllegalStateException("hindered");
            }
            return result;
        }
    }
}
