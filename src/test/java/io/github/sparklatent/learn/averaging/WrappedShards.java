package io.github.sparklatent.learn.averaging;

import java.util.function.BiFunction;

/**
 * Shards that run other work than they are given.
 *
 * @param work the work to run, for a description and the work that was given
 */
public record WrappedShards(Shards shards, BiFunction<String, PartitionWork, PartitionWork> work) implements Shards {
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
    public Result run(String description, PartitionWork given) {
        return shards.run(description, work.apply(description, given));
    }
}
