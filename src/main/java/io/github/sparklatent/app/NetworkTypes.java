package io.github.sparklatent.app;

import io.github.sparklatent.app.config.ModelType;
import io.github.sparklatent.vae.model.Kind;
import java.util.Arrays;

/** The types of a configuration and the kinds of network they are. */
final class NetworkTypes {
    private NetworkTypes() {}

    /**
     * @throws IllegalArgumentException for a type that is no network
     */
    static Kind kind(ModelType type) {
        return switch (type) {
            case AE -> Kind.AUTOENCODER;
            case VAE -> Kind.VARIATIONAL;
            case MOG_VAE -> Kind.MIXTURE;
            case VADE -> Kind.EMBEDDING;
            case CLUSTER_VAE -> Kind.CLASSIFYING;
            case GAN -> Kind.ADVERSARIAL;
            case VAE_GAN -> Kind.VARIATIONAL_ADVERSARIAL;
            case GMM -> throw new IllegalArgumentException("a mixture is no network");
        };
    }

    static ModelType type(Kind kind) {
        return Arrays.stream(ModelType.values())
                .filter(type -> type != ModelType.GMM && kind(type) == kind)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no type is " + kind));
    }
}
