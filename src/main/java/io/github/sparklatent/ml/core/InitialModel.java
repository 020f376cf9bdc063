package io.github.sparklatent.ml.core;

import io.github.sparklatent.cluster.table.Scaling;
import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.UsageException;
import java.util.List;
import java.util.Optional;

/**
 * The saved model that a training starts from. Its parameters fit rows of its own scale only, so
 * its columns and its scaling are taken over with it.
 *
 * @param saved the model
 * @param model the same
 */
public record InitialModel<M extends LatentModel<?>>(SavedModel saved, M model) {
    private static final String KEY = "train.initialModel";

    /**
     * Returns the model that the settings name, if they name one.
     *
     * @throws io.github.sparklatent.learn.DataException if it cannot be read
     * @throws UsageException if it is a model of another type, of other columns or of another scale
     */
    public static <M extends LatentModel<?>> Optional<InitialModel<M>> of(
            TrainingContext context, Settings settings, ModelType type, Class<M> expected) {
        return settings.find(CommonKeys.INITIAL_MODEL)
                .map(
                        path ->
                                checked(
                                        context,
                                        SavedModels.any(
                                                context.families(), context.spark(), path, type),
                                        type))
                .map(saved -> new InitialModel<>(saved, expected.cast(saved.model())));
    }

    private static SavedModel checked(TrainingContext context, SavedModel saved, ModelType type) {
        if (!saved.type().equals(type)) {
            throw new UsageException(
                    "%s is of type %s, expected %s".formatted(KEY, saved.type(), type));
        }
        TrainingTables tables = context.tables();
        List<String> inputs = saved.inputColumns();
        boolean isRaw = !tables.name().isEmpty(); // else an earlier stage has made the features
        if (isRaw && !inputs.isEmpty() && !inputs.equals(tables.columns().columns())) {
            throw new UsageException(
                    "%s was trained on columns %s, but data.features gives %s"
                            .formatted(KEY, inputs, tables.columns().columns()));
        }
        if (isRaw && saved.scaling().kind() != tables.options().scale()) {
            throw new UsageException(
                    "data.scale is %s, expected %s as %s was trained with: its parameters fit rows of its own scale only"
                            .formatted(tables.options().scale(), saved.scaling().kind(), KEY));
        }
        return saved;
    }

    /** Returns the scaling of its rows. */
    public Scaling scaling() {
        return saved.scaling();
    }

    /** Returns 16 hexadecimal digits that follow from the parameters and the scaling. */
    public String fingerprint() {
        return saved.fingerprint();
    }

    /**
     * Refuses a setting that says something else than the model is.
     *
     * @throws UsageException if the settings give the key another value
     */
    public static void require(Settings settings, Key<?> key, Object own, Object asked) {
        if (settings.isGiven(key) && !asked.equals(own)) {
            throw new UsageException(
                    "%s is %s, expected %s as %s has; leave the key out or train from the beginning"
                            .formatted(key, asked, own, KEY));
        }
    }
}
