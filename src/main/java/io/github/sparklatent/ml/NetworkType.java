package io.github.sparklatent.ml;

import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which class of model holds which kind of network: the one table of them.
 *
 * @param model the class
 * @param kind of its networks
 * @param maker its constructor
 */
record NetworkType(Class<? extends NetworkModel<?>> model, Kind kind, Maker maker) {
    private static final List<NetworkType> ALL =
            List.of(
                    new NetworkType(
                            AutoencoderModel.class, Kind.AUTOENCODER, AutoencoderModel::new),
                    new NetworkType(
                            VariationalAutoencoderModel.class,
                            Kind.VARIATIONAL,
                            VariationalAutoencoderModel::new),
                    new NetworkType(
                            MixtureVariationalAutoencoderModel.class,
                            Kind.MIXTURE,
                            MixtureVariationalAutoencoderModel::new),
                    new NetworkType(
                            VariationalDeepEmbeddingModel.class,
                            Kind.EMBEDDING,
                            VariationalDeepEmbeddingModel::new),
                    new NetworkType(
                            ClusteringVariationalAutoencoderModel.class,
                            Kind.CLASSIFYING,
                            ClusteringVariationalAutoencoderModel::new),
                    new NetworkType(
                            GenerativeAdversarialNetworkModel.class,
                            Kind.ADVERSARIAL,
                            GenerativeAdversarialNetworkModel::new),
                    new NetworkType(
                            AdversarialVariationalAutoencoderModel.class,
                            Kind.VARIATIONAL_ADVERSARIAL,
                            AdversarialVariationalAutoencoderModel::new));

    /** Makes a model. */
    interface Maker {
        /**
         * @param network null in a model that has only params
         * @param fit null where it is not known
         */
        NetworkModel<?> of(String uid, TrainedNetwork network, NetworkFit fit);
    }

    /** That of a class of models. */
    static NetworkType of(Class<?> model) {
        return only(type -> type.model() == model);
    }

    /** That of a class of models by its name. */
    static Optional<NetworkType> find(String className) {
        return ALL.stream().filter(type -> type.model().getName().equals(className)).findFirst();
    }

    /** That of a kind of network. */
    static NetworkType of(Kind kind) {
        return only(type -> type.kind() == kind);
    }

    private static NetworkType only(Predicate<NetworkType> asked) {
        return ALL.stream().filter(asked).findFirst().orElseThrow();
    }
}
