package io.github.sparklatent.bench.networks;

import io.github.sparklatent.bench.BenchCase;
import io.github.sparklatent.bench.Contestant;
import io.github.sparklatent.bench.Course;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.vae.model.Architecture;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A variational autoencoder to train on MNIST's 60,000 images.
 *
 * @param name as in {@code --only}
 * @param peer name of the same network in {@code vae.py}
 * @param size for people
 */
public record NetworkCase(String name, String peer, String size) implements BenchCase {
    /** The cases, in the order of the table. */
    public static final List<NetworkCase> ALL =
            List.of(
                    new NetworkCase("vae/mlp", "dense", "784-500-500-20"),
                    new NetworkCase(
                            "vae/convolution",
                            "convolution",
                            "convolutions of 16 and 32 channels"));

    /** Systems that train such networks. */
    public static final List<String> SYSTEMS = List.of(PyTorch.SYSTEM);

    /** Nats by which bounds of a few passes from different random numbers may differ. */
    static final double NOISE = 5;

    Architecture architecture() {
        return peer.equals("dense")
                ? Architectures.dense(Architectures.IMAGE, 20, Activation.RELU, 500, 500)
                : Architectures.convolutional();
    }

    @Override
    public BenchCase shrunk(int divisor) {
        Require.that(divisor == 1, "%s takes all images, --shrink is for mixtures", name);
        return this;
    }

    @Override
    public Optional<Contestant> contestant(String system, Course course) throws IOException {
        return switch (system) {
            case AveragedNetwork.SYSTEM -> Optional.of(new AveragedNetwork(architecture(), course));
            case PyTorch.SYSTEM -> Optional.of(new PyTorch(this, course.images()));
            default -> Optional.empty();
        };
    }
}
