package io.github.sparklatent.ml.network;

import io.github.sparklatent.ml.io.ModelDirectory;
import org.apache.spark.ml.util.MLReader;

/** Loads a saved network model, alone or in a pipeline, with {@link SavedNetwork}. */
final class NetworkModelReader<M extends NetworkModel<M>> extends MLReader<M> {
    private final NetworkFamily<M> family;

    NetworkModelReader(NetworkFamily<M> family) {
        this.family = family;
    }

    @Override
    public M load(String path) {
        return SavedNetwork.find(new ModelDirectory(sparkSession(), path), family);
    }
}
