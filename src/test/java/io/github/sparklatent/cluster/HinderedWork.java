package io.github.sparklatent.cluster;

import io.github.sparklatent.learn.averaging.PartitionRows;
import io.github.sparklatent.learn.averaging.PartitionWork;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.averaging.WrappedShards;

/** Work whose first attempt on one partition meets with something after it is done. */
record HinderedWork(PartitionWork work, Hindrance hindrance) implements PartitionWork {
    /**
     * Returns shards with such work.
     *
     * @param rounds part of the descriptions of those that are hindered; empty: all
     */
    static Shards in(Shards shards, Hindrance hindrance, String rounds) {
        return new WrappedShards(
                shards, (description, work) -> description.contains(rounds) ? new HinderedWork(work, hindrance) : work);
    }

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
