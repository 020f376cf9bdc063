package io.github.sparklatent.config;

import java.util.List;
import java.util.stream.Stream;

/**
 * One stage of a training, as long and with such steps as the configuration says.
 *
 * @param name one of the model type's stages
 * @param adversarialWeight of the discriminator's verdict in the loss; 0: it is not asked
 * @param ownWarmUp whether the stage itself says over how many passes its rate rises, be it 0
 */
public record StageSettings(
        String name,
        AveragingSettings averaging,
        OptimizerSettings optimizer,
        double adversarialWeight,
        boolean ownWarmUp) {

    /** In their order; none where the model type has no stages. */
    static List<StageSettings> of(Settings settings) {
        return given(settings).stream().map(stage -> of(settings, stage)).toList();
    }

    private static StageSettings of(Settings settings, StageSetting stage) {
        Settings refined = settings.refined(stage.refinement());
        return new StageSettings(
                stage.name(),
                AveragingSettings.of(refined),
                OptimizerSettings.of(refined),
                stage.adversarialWeight().orElse(0.0),
                stage.refinement().given().containsKey(OptimizerKeys.WARM_UP.path()));
    }

    /** As they are written, or as the default has them. */
    static List<StageSetting> given(Settings settings) {
        return Stream.of(StagedMixtureKeys.STAGES, ClusteringKeys.STAGES)
                .flatMap(key -> settings.findOwn(key).stream())
                .findFirst()
                .orElse(List.of());
    }

    static boolean anyAdversarial(Settings settings) {
        return given(settings).stream().anyMatch(StageSetting::isAdversarial);
    }
}
