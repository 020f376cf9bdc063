package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.config.Settings;
import io.github.sparklatent.vae.adversarial.AdversarialTarget;
import io.github.sparklatent.vae.stage.VaeStage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One element of {@code train.stages}.
 *
 * @param stage one of the model type's stages
 * @param weight weight of the discriminator's loss; 0: no discriminator
 * @param target the rows that the discriminator judges
 * @param given values that replace those of {@code train} in this stage, by the paths of their keys, and the values of
 *     the discriminator
 */
public record StageSetting(VaeStage stage, double weight, AdversarialTarget target, Map<String, Settings.Given> given) {
    /**
     * Sections that are replaced as a whole if their type is set: another optimiser does not inherit the learning rate
     * of this one.
     */
    private static final List<String> TYPED = List.of("train.optimizer", "train.optimizer.schedule", "train.outer");

    public StageSetting {
        given = Map.copyOf(given);
    }

    /** Returns the stages in their order; none if the model type has no stages. */
    @SuppressWarnings("unchecked") // every model type declares the key with this type of value
    public static List<StageSetting> of(Settings settings) {
        return (List<StageSetting>) settings.value("train.stages").orElse(List.of());
    }

    /** Returns whether the stage uses a discriminator. */
    public boolean isAdversarial() {
        return weight > 0;
    }

    /** Returns settings in which the values of this stage replace the common ones. */
    public Settings over(Settings all) {
        return all.with(common -> over(common, given));
    }

    /** Returns the common values, replaced by a stage's own ones. */
    static Map<String, Settings.Given> over(Map<String, Settings.Given> common, Map<String, Settings.Given> own) {
        Map<String, Settings.Given> result = new HashMap<>(common);
        result.keySet()
                .removeIf(path -> TYPED.stream()
                        .filter(section -> own.containsKey(section + ".type"))
                        .anyMatch(section -> path.startsWith(section + ".")));
        result.putAll(own);
        return result;
    }
}
