package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.config.Key;
import io.github.sparklatent.ml.network.values.LayerSetting;
import io.github.sparklatent.ml.network.values.Layers;
import java.util.ArrayList;
import java.util.List;

/** The keys that only a clustering variational autoencoder with a classifier has. */
public final class ClassifierKeys {
    public static final Key<List<LayerSetting>> CLASSIFIER =
            Key.of(
                    "model.classifier",
                    new Layers(0, false),
                    List.of(LayerSetting.dense(64)),
                    "hidden layers of the network that gives the component probabilities of a"
                            + " latent code");

    public static final List<Key<?>> ALL = all();

    private ClassifierKeys() {}

    /**
     * Returns the keys of variational deep embedding, because its stages train this model too, and
     * the key of the classifier. The variances of this prior are 1.
     */
    private static List<Key<?>> all() {
        List<Key<?>> all = new ArrayList<>(ClusteringKeys.ALL);
        all.remove(LatentMixtureKeys.PRIOR_COVARIANCE);
        all.add(CLASSIFIER);
        return List.copyOf(all);
    }
}
