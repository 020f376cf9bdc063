package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.config.Settings;
import java.util.List;

/**
 * The settings of one stage of a training.
 *
 * @param name name of one of the model type's stages
 * @param settings values of the keys of {@code train} in this stage
 * @param adversarialWeight weight of the discriminator's loss; 0: it is not used
 * @param ownWarmUp whether the stage itself sets the epochs over which its learning rate rises
 */
public record StageSettings(
        String name, Settings settings, double adversarialWeight, boolean ownWarmUp) {

    /** Returns the stages in their order; none if the model type has no stages. */
    public static List<StageSettings> of(Settings settings) {
        return given(settings).stream()
                .map(
                        stage ->
                                new StageSettings(
                                        stage.name(),
                                        settings.with(stage.refinement()::over),
                                        stage.adversarialWeight().orElse(0.0),
                                        stage.refinement()
                                                .given()
                                                .containsKey(
                                                        "train.optimizer.schedule.warmUpEpochs")))
                .toList();
    }

    /** Returns the stages as written in the configuration, or the default stages. */
    @SuppressWarnings("unchecked") // every model type declares the key with this type of value
    public static List<StageSetting> given(Settings settings) {
        return (List<StageSetting>) settings.value("train.stages").orElse(List.of());
    }

    /** Returns whether any of the stages uses a discriminator. */
    public static boolean anyAdversarial(Settings settings) {
        return given(settings).stream().anyMatch(StageSetting::isAdversarial);
    }
}
