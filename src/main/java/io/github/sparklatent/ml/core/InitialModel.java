package io.github.sparklatent.ml.core;

import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.UsageException;
import java.util.List;
import java.util.Optional;

/**
 * The saved model that a training starts from. Its parameters are valid for its own scaling only, so the training uses
 * its columns and its scaling, too.
 *
 * @param saved the model with its files
 * @param model the model as its own class
 */
public record InitialModel<M extends LatentModel<?>>(SavedModel saved, M model) {
    private static final String KEY = "train.initialModel";

    /**
     * Loads the model that the settings name, if they name one.
     *
     * @throws io.github.sparklatent.learn.DataException if it cannot be read
     * @throws UsageException if its type, columns or scaling differ from the type, columns or scaling of the training
     */
    public static <M extends LatentModel<?>> Optional<InitialModel<M>> of(
            TrainingContext context, Settings settings, ModelType type, Class<M> expected) {
        return settings.text("train.initialModel")
                .map(path -> checked(context, SavedModels.any(context.spark(), path, type), type))
                .map(saved -> new InitialModel<>(saved, expected.cast(saved.model())));
    }

    private static SavedModel checked(TrainingContext context, SavedModel saved, ModelType type) {
        if (!saved.type().equals(type)) {
            throw new UsageException("%s is of type %s, expected %s".formatted(KEY, saved.type(), type));
        }
        TrainingTables tables = context.tables();
        List<String> inputs = saved.inputColumns();
        boolean isRaw = // otherwise an earlier stage has made the features
                !tables.name().isEmpty() || !tables.columns().encoders().isEmpty();
        if (isRaw && !inputs.isEmpty() && !inputs.equals(tables.columns().columns())) {
            throw new UsageException("%s was trained on columns %s, but data.features gives %s"
                    .formatted(KEY, inputs, tables.columns().columns()));
        }
        if (isRaw && saved.scaling().kind() != tables.options().scale()) {
            throw new UsageException(
                    "data.scale is %s, expected %s as %s was trained with: its parameters are valid for this scaling only"
                            .formatted(tables.options().scale(), saved.scaling().kind(), KEY));
        }
        return saved;
    }

    /**
     * Requires that a key, if it is given, agrees with the model.
     *
     * @throws UsageException if the settings give the key another value
     */
    public static void require(Settings settings, String key, Object own, Object asked) {
        if (settings.isGiven(key) && !asked.equals(own)) {
            throw new UsageException("%s is %s, expected %s as %s has; leave the key out or train from the beginning"
                    .formatted(key, asked, own, KEY));
        }
    }
}
