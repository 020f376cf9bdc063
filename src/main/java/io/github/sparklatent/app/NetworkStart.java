package io.github.sparklatent.app;

import io.github.sparklatent.cluster.FeatureColumns;
import io.github.sparklatent.cluster.Scaling;
import io.github.sparklatent.vae.Architecture;
import io.github.sparklatent.vae.TrainedNetwork;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * The saved network that a training starts from. Its columns and its scaling are taken over with
 * it.
 */
record NetworkStart(SavedNetwork saved) {
    private static final String KEY = "train.initialModel";

    /**
     * What the configuration names, if it does.
     *
     * @throws UsageException where that is a model of another type, columns or scale
     */
    static Optional<NetworkStart> of(JobContext context, FeatureColumns columns) {
        return context.configuration()
                .train()
                .initialModel()
                .map(
                        path ->
                                SavedModels.any(
                                        context.spark(),
                                        path,
                                        context.configuration().model().type()))
                .map(model -> checked(context, model, columns));
    }

    private static NetworkStart checked(
            JobContext context, SavedModel model, FeatureColumns columns) {
        if (!(model instanceof SavedNetwork network)
                || network.type() != context.configuration().model().type()) {
            throw new UsageException(
                    "%s is of type %s, expected %s"
                            .formatted(KEY, model.type(), context.configuration().model().type()));
        }
        List<String> inputs = network.inputColumns();
        if (!inputs.isEmpty() && !inputs.equals(columns.columns())) {
            throw new UsageException(
                    "%s was trained on columns %s, but data.features gives %s"
                            .formatted(KEY, inputs, columns.columns()));
        }
        String scale = network.scaling().kind().name().toLowerCase(Locale.ROOT);
        if (!scale.equals(context.configuration().data().scale().toString())) {
            throw new UsageException(
                    "%s was trained with data.scale = %s, found %s: its parameters fit rows of its own scale only"
                            .formatted(KEY, scale, context.configuration().data().scale()));
        }
        return new NetworkStart(network);
    }

    Scaling scaling() {
        return saved.scaling();
    }

    /**
     * The parameters to start from.
     *
     * @throws UsageException where they are those of other networks
     */
    float[] parameters(Architecture asked) {
        try {
            TrainedNetwork found = saved.network().network();
            asked.requireSame(found.kind(), KEY, found.architecture());
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
        return saved.network().network().parameters();
    }

    /** 16 hexadecimal digits that follow from the parameters and the scaling. */
    String fingerprint() {
        CRC32C first = new CRC32C();
        CRC32 second = new CRC32();
        float[] parameters = saved.network().network().parameters();
        for (Checksum checksum : List.of(first, second)) {
            ByteBuffer bytes = ByteBuffer.allocate(parameters.length * Float.BYTES);
            bytes.asFloatBuffer().put(parameters);
            checksum.update(bytes.array());
            add(checksum, scaling().shift());
            add(checksum, scaling().factor());
        }
        return "%08x%08x".formatted(first.getValue(), second.getValue());
    }

    private static void add(Checksum checksum, double[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Double.BYTES);
        bytes.asDoubleBuffer().put(numbers);
        checksum.update(bytes.array());
    }
}
