package io.github.sparklatent.config;

import java.util.ArrayList;
import java.util.List;

/** The keys that only a clustering variational autoencoder with a classifier has. */
final class ClassifierKeys {
    static final Key<List<LayerSetting>> CLASSIFIER =
            Key.of(
                    "model.classifier",
                    new Layers(0, false),
                    List.of(LayerSetting.dense(64)),
                    "hidden layers of the network that gives a code its components'"
                            + " probabilities");

    static final List<Key<?>> ALL = all();

    private ClassifierKeys() {}

    /** It is trained in the stages of deep embedding. */
    private static List<Key<?>> all() {
        List<Key<?>> all = new ArrayList<>(ClusteringKeys.ALL);
        all.add(CLASSIFIER);
        return List.copyOf(all);
    }
}
