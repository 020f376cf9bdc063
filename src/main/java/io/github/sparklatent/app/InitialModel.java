package io.github.sparklatent.app;

import io.github.sparklatent.config.JobConfiguration;
import io.github.sparklatent.config.MixtureSettings;
import io.github.sparklatent.cluster.FeatureColumns;
import io.github.sparklatent.cluster.Scaling;
import io.github.sparklatent.gmm.CovarianceType;
import io.github.sparklatent.gmm.Mixture;
import io.github.sparklatent.gmm.MixtureOptions;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * The saved model that a training starts from. Its parameters are those of scaled rows, so its
 * columns and its scaling are taken over with it.
 *
 * @param saved the model
 */
record InitialModel(SavedMixture saved) {
    private static final String KEY = "train.initialModel";

    /**
     * Checks that a training can start from the model.
     *
     * @param columns that the configuration names
     * @throws UsageException where the configuration asks for something else than the model is
     */
    void requireFitting(JobConfiguration configuration, FeatureColumns columns) {
        List<String> inputs = saved.inputColumns();
        if (!inputs.isEmpty() && !inputs.equals(columns.columns())) {
            throw new UsageException(
                    "%s was trained on columns %s, but data.features gives %s"
                            .formatted(KEY, inputs, columns.columns()));
        }
        String scale = saved.scaling().kind().name().toLowerCase(Locale.ROOT);
        if (!scale.equals(configuration.data().scale().toString())) {
            throw new UsageException(
                    "data.scale is %s, expected %s as %s was trained with: its parameters fit rows of its own scale only"
                            .formatted(configuration.data().scale(), scale, KEY));
        }
    }

    /** The scaling of its rows, or null where rows are taken as they are. */
    Scaling scaling() {
        return saved.scaling();
    }

    /** 16 hexadecimal digits that follow from the parameters and the scaling. */
    String fingerprint() {
        CRC32C first = new CRC32C();
        CRC32 second = new CRC32();
        for (Checksum checksum : List.of(first, second)) {
            add(checksum, scaling().shift());
            add(checksum, scaling().factor());
            add(checksum, parameters().weights());
            add(checksum, parameters().means().data);
            parameters().covariances().forEach(matrix -> add(checksum, matrix.data));
        }
        return "%08x%08x".formatted(first.getValue(), second.getValue());
    }

    private static void add(Checksum checksum, double[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Double.BYTES);
        for (double number : numbers) {
            bytes.putDouble(number);
        }
        checksum.update(bytes.array());
    }

    /** The parameters. */
    Mixture parameters() {
        return saved.parameters();
    }

    /**
     * The options of a training from here: what the configuration leaves open is as the model is.
     *
     * @throws UsageException where the configuration asks for another number or form of components
     */
    MixtureOptions options(JobConfiguration configuration) {
        MixtureOptions asked = ((MixtureSettings) configuration.model()).options();
        int components = parameters().components();
        CovarianceType covariance = parameters().type();
        require(
                configuration,
                "model.components",
                asked.components().equals(List.of(components)),
                components,
                asked.components().get(0)); // a list of several is refused before
        require(
                configuration,
                "model.covariance",
                asked.covariance() == covariance,
                covariance,
                asked.covariance());
        return asked.withComponents(List.of(components)).withCovariance(covariance);
    }

    private static void require(
            JobConfiguration configuration, String key, boolean same, Object own, Object asked) {
        if (configuration.settings().isGiven(key) && !same) {
            throw new UsageException(
                    "%s is %s, expected %s as %s has; leave the key out or train from the beginning"
                            .formatted(key, asked, own, KEY));
        }
    }

    /** What the configuration names, if it does. */
    static Optional<InitialModel> of(JobContext context) {
        return context.configuration()
                .train()
                .initialModel()
                .map(path -> new InitialModel(SavedModels.mixture(context.spark(), KEY, path)));
    }
}
