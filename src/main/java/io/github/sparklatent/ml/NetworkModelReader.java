package io.github.sparklatent.ml;

import org.apache.spark.ml.util.MLReader;

/** Loads what {@link SavedNetwork} finds. */
final class NetworkModelReader<M extends NetworkModel<M>> extends MLReader<M> {
    private final Class<M> type;

    NetworkModelReader(Class<M> type) {
        this.type = type;
    }

    @Override
    public M load(String path) {
        return SavedNetwork.find(new ModelDirectory(sparkSession(), path), type);
    }
}
