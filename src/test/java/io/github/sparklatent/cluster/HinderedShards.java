package io.github.sparklatent.cluster;

import io.github.sparklatent.learn.averaging.PartitionRows;
import io.github.sparklatent.learn.averaging.PartitionSizes;
import io.github.sparklatent.learn.averaging.PartitionWork;
import io.github.sparklatent.learn.averaging.Shards;

/**
 * Shards of which one partition's first attempt meets with something, after its work is done.
 *
 * @param rounds part of the descriptions of those that are hindered; empty: all
 */
record HinderedShards(Shards shards, Hindrance hindrance, String rounds) implements Shards {
    @Override
    public int width() {
        return shards.width();
    }

    @Override
    public PartitionSizes sizes() {
        return shards.sizes();
    }

    @Override
    public Kept computed(int columns, Computed rows) {
        return shards.computed(columns, rows);
    }

    @Override
    public Result run(String description, PartitionWork work) {
        return shards.run(description, description.contains(rounds) ? new HinderedWork(work, hindrance) : work);
    }

    private record HinderedWork(PartitionWork work, Hindrance hindrance) implements PartitionWork {
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
            hindrance.meet();
            return result;
        }
    }
}
