package io.github.sparklatent.app.config;

import java.util.List;
import java.util.Optional;

/**
 * The networks as the configuration has them.
 *
 * @param latent variables of a row
 * @param encoder hidden layers, from the row on
 * @param decoder hidden layers, from the latent variables on; absent: the encoder's, mirrored
 * @param image channels, height and width of a row that is an image; absent: as the data says
 * @param activation its name
 * @param likelihood of all columns, or of groups of them
 */
public record ArchitectureSettings(
        int latent,
        List<LayerSetting> encoder,
        Optional<List<LayerSetting>> decoder,
        Optional<List<Integer>> image,
        String activation,
        List<LikelihoodSetting> likelihood) {
    static ArchitectureSettings of(Settings settings) {
        return new ArchitectureSettings(
                settings.get(NetworkKeys.LATENT),
                settings.get(NetworkKeys.ENCODER),
                settings.find(NetworkKeys.DECODER),
                settings.find(NetworkKeys.IMAGE),
                settings.get(NetworkKeys.ACTIVATION),
                settings.get(NetworkKeys.LIKELIHOOD));
    }
}
