package io.github.sparklatent.bench.networks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is measured; each has a part of the README and a file of results. */
public enum Theme {
    /** What averaging costs against training in one piece. */
    AVERAGING,
    /** MNIST beside PyTorch and beside the literature. */
    MNIST,
    /** Anomalies, denoising, drawn tables. */
    USEFUL,
    /** What a task holds, and whether heaps grow. */
    MEMORY,
    /** Clusters without labels, beside the literature. */
    CLUSTERING,
    /** Adversarial training: modes, samples, what a discriminator does to a decoder. */
    ADVERSARIAL;

    /** The theme whose option is among the arguments, if any. */
    public static Optional<Theme> among(String... arguments) {
        return Arrays.stream(values())
                .filter(theme -> Arrays.asList(arguments).contains(theme.option()))
                .findFirst();
    }

    /** The option that asks for it. */
    String option() {
        return "--" + this;
    }

    /** Its curves. */
    Path results() {
        return Path.of("src", "bench", "results", this + ".json");
    }

    /** A picture of it. */
    Path picture() {
        return Path.of("src", "site", this + ".png");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
