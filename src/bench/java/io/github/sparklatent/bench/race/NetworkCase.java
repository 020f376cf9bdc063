package io.github.sparklatent.bench.race;

import io.github.sparklatent.bench.training.Architectures;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.vae.model.Architecture;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A variational autoencoder to train on MNIST's 60,000 images.
 *
 * @param peer name of the same network in {@code vae.py}
 */
record NetworkCase(String name, String peer, String size) implements RaceCase {
    /** The cases, in the order of the table. */
    static final List<NetworkCase> ALL = List.of(
            new NetworkCase("vae/mlp", "dense", "784-500-500-20"),
            new NetworkCase("vae/convolution", "convolution", "convolutions of 16 and 32 channels"));

    @Override
    public String iteration() {
        return "epoch";
    }

    @Override
    public Optional<Contestant> contestant(String system, Course course) throws IOException {
        Architecture architecture = peer.equals("dense")
                ? Architectures.dense(784, 20, Activation.RELU, 500, 500)
                : Architectures.convolutional();
        return switch (system) {
            case "spark-latent" -> Optional.of(new AveragedNetwork(architecture, course));
            case "pytorch" -> Optional.of(new PyTorch(this, course.images()));
            default -> Optional.empty();
        };
    }
}
