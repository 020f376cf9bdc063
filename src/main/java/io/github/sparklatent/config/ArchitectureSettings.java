package io.github.sparklatent.config;

import java.util.List;
import java.util.Optional;

/**
 * The networks as the configuration has them.
 *
 * @param latent variables of a row
 * @param encoder hidden layers, from the row on; none where there is no encoder
 * @param decoder hidden layers, from the latent variables on; absent: the encoder's, mirrored
 * @param image channels, height and width of a row that is an image; absent: as the data says
 * @param activation its name
 * @param likelihood of all columns, or of groups of them
 * @param components of the latent space; 0: it is no mixture
 * @param auxiliary hidden layers of the discriminator or the classifier; none where there is
 *     neither
 */
public record ArchitectureSettings(
        int latent,
        List<LayerSetting> encoder,
        Optional<List<LayerSetting>> decoder,
        Optional<List<Integer>> image,
        String activation,
        List<LikelihoodSetting> likelihood,
        int components,
        List<LayerSetting> auxiliary) {
    static ArchitectureSettings of(Settings settings) {
        return new ArchitectureSettings(
                settings.get(NetworkKeys.LATENT),
                settings.findOwn(NetworkKeys.ENCODER).orElse(List.of()),
                settings.find(NetworkKeys.DECODER),
                settings.find(NetworkKeys.IMAGE),
                settings.get(NetworkKeys.ACTIVATION),
                settings.get(NetworkKeys.LIKELIHOOD),
                settings.findOwn(LatentMixtureKeys.COMPONENTS).orElse(0),
                auxiliary(settings));
    }

    /** A discriminator that no stage asks is not built. */
    private static List<LayerSetting> auxiliary(Settings settings) {
        boolean asked =
                settings.findOwn(StagedMixtureKeys.STAGES).isEmpty()
                        || StageSettings.anyAdversarial(settings);
        return settings.findOwn(AdversaryKeys.DISCRIMINATOR)
                .filter(layers -> asked)
                .or(() -> settings.findOwn(ClassifierKeys.CLASSIFIER))
                .orElse(List.of());
    }
}
