package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.ml.network.values.LayerSetting;
import java.util.ArrayList;
import java.util.List;

/** Finds layers that are valid one by one but do not form a network. */
final class ArchitectureConflicts {
    private final Settings settings;
    private final List<Problem> problems = new ArrayList<>();

    private ArchitectureConflicts(Settings settings) {
        this.settings = settings;
    }

    static List<Problem> in(Settings settings) {
        ArchitectureConflicts conflicts = new ArchitectureConflicts(settings);
        conflicts.layers(NetworkKeys.ENCODER, true);
        conflicts.layers(NetworkKeys.DECODER, false);
        conflicts.layers(GeneratorKeys.GENERATOR, false);
        conflicts.layers(AdversaryKeys.DISCRIMINATOR, true);
        conflicts.classifier();
        return conflicts.problems;
    }

    private void add(Key<?> key, String predicate) {
        problems.add(settings.problem(key, predicate));
    }

    /**
     * Checks the layers of one network.
     *
     * @param inward whether the layers lead away from the row; else they lead to it
     */
    private void layers(Key<List<LayerSetting>> key, boolean inward) {
        boolean images = settings.get("data.format", DataFormat.class).isImages();
        List<LayerSetting> layers = settings.findOwn(key).orElse(List.of());
        if (layers.stream().anyMatch(LayerSetting::isConvolution)
                && settings.find(NetworkKeys.IMAGE).isEmpty()
                && !images) {
            add(key, "has a convolution, which needs model.image = [channels, height, width]");
        }
        for (int i = 1; i < layers.size(); i++) {
            LayerSetting outer = layers.get(inward ? i : i - 1);
            LayerSetting inner = layers.get(inward ? i - 1 : i);
            if (outer.isConvolution() && !inner.isConvolution()) {
                add(
                        key,
                        inward
                                ? "has a convolution after a dense layer: must be before it"
                                : "has a convolution before a dense layer: must be after it");
                break;
            }
        }
    }

    private void classifier() {
        boolean convolution =
                settings.findOwn(ClassifierKeys.CLASSIFIER).stream()
                        .flatMap(List::stream)
                        .anyMatch(LayerSetting::isConvolution);
        if (convolution) {
            add(
                    ClassifierKeys.CLASSIFIER,
                    "has a convolution, but the input is a latent code, not an image: must be"
                            + " widths");
        }
    }
}
