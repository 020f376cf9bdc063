package io.github.sparklatent.vae;

import io.github.sparklatent.metrics.Contingency;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.vae.model.Architecture;
import java.util.List;

/** Networks that cluster the embedded digits, and how well. */
public final class DigitNetworks {
    public static final int DIGITS = 10;

    public static final Architecture ARCHITECTURE = new Architecture(
                    Digits.WIDTH,
                    null,
                    10,
                    List.of(new LayerSpec.Width(128)),
                    List.of(new LayerSpec.Width(128)),
                    Activation.RELU,
                    new Bernoulli(Digits.WIDTH),
                    Initialization.XAVIER_UNIFORM)
            .withComponents(DIGITS);

    private DigitNetworks() {}

    /** Under the best matching of clusters to digits. */
    public static double accuracy(int[] clusters) {
        int[] labels = Digits.labels();
        double[][] counts = new double[DIGITS][DIGITS];
        for (int i = 0; i < clusters.length; i++) {
            counts[labels[i]][clusters[i]]++;
        }
        return Contingency.of(counts, null).accuracy();
    }
}
