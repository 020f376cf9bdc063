package io.github.sparklatent.app.config;

import java.util.List;

/** The keys that only a clustering variational autoencoder with a classifier has. */
final class ClassifierKeys {
    static final Key<List<LayerSetting>> CLASSIFIER =
            Key.of(
                    "model.classifier",
                    new Layers(0),
                    List.of(LayerSetting.dense(64)),
                    "hidden layers of the network that gives a code its components'"
                            + " probabilities");

    static final List<Key<?>> ALL =
            List.of(
                    NetworkKeys.BINARIZE,
                    VariationalKeys.SAMPLES,
                    VariationalKeys.IMPORTANCE_SAMPLES,
                    CLASSIFIER);

    private ClassifierKeys() {}
}
