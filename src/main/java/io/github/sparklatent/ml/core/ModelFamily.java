package io.github.sparklatent.ml.core;

import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.Schema;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.ml.columns.TableForm;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.scoring.SavedColumns;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.DefaultParamsReader.Metadata;
import org.apache.spark.ml.util.MLReader;

/**
 * A family of models: its type with the hyperparameters, its model class and the saved form. The commands get
 * everything else from the Estimator and the model. A {@link FamilySource} that a service file names brings a family
 * into all commands.
 *
 * @param <M> class of the models
 * @param <C> what a trained model consists of: a record that {@link io.github.sparklatent.learn.StateCodec#MODEL} can
 *     write
 */
public class ModelFamily<M extends LatentModel<M>, C> {
    private final ModelType type;
    private final Class<M> model;
    private final Class<C> content;
    private final BiFunction<String, C, M> constructor;
    private final Function<String, LatentEstimator<?, M>> estimator;
    private List<Key<?>> params;
    private Schema estimatorSchema;

    /**
     * Creates a family.
     *
     * @param type name, hyperparameters and columns
     * @param model class of the models; saved models contain its name
     * @param content class of the content of a model
     * @param constructor see {@link #model(String, Object)}
     * @param estimator see {@link #estimator}
     */
    public ModelFamily(
            ModelType type,
            Class<M> model,
            Class<C> content,
            BiFunction<String, C, M> constructor,
            Function<String, LatentEstimator<?, M>> estimator) {
        this.type = type;
        this.model = model;
        this.content = content;
        this.constructor = constructor;
        this.estimator = estimator;
    }

    /** Returns name, hyperparameters and columns. */
    public final ModelType type() {
        return type;
    }

    /** Returns the keys of the Params. They are kept, because each access to a Param looks for its declaration. */
    final synchronized List<Key<?>> params() {
        if (params == null) {
            params = type.params();
        }
        return params;
    }

    /** Returns the keys with the defaults of the Estimator. */
    final synchronized Schema estimatorSchema() {
        if (estimatorSchema == null) {
            estimatorSchema = type.estimatorSchema();
        }
        return estimatorSchema;
    }

    /** Returns the class of the models. */
    public final Class<M> model() {
        return model;
    }

    /**
     * Creates a model.
     *
     * @param content null: the model has only Params, as Spark Connect creates it to read the name of its class
     * @throws IllegalArgumentException if the content is impossible
     */
    public M model(String uid, C content) {
        return constructor.apply(uid, content);
    }

    /**
     * Creates an Estimator.
     *
     * @throws IllegalStateException if no configuration can describe the models
     */
    public LatentEstimator<?, M> estimator(String uid) {
        return estimator.apply(uid);
    }

    /**
     * Loads a saved model, or the model in a saved pipeline.
     *
     * @throws DataException if there is no model, or if it is damaged
     */
    public M read(ModelDirectory found) {
        ModelDirectory directory = found.only(model);
        Metadata metadata = directory.metadata();
        return directory.orDamaged(() -> withColumns(directory, loaded(directory, metadata)));
    }

    private M loaded(ModelDirectory directory, Metadata metadata) {
        M loaded = model(directory);
        loaded.requireUsable();
        Map<Param<?>, Object> described = Arrays.stream(loaded.params())
                .filter(loaded::isSet)
                .collect(Collectors.toMap(param -> param, loaded::getOrDefault));
        directory.withParams(metadata, loaded);
        described.forEach((param, value) -> Require.that(
                Objects.deepEquals(loaded.getOrDefault(param), value),
                "the Param %s of its metadata does not describe its content",
                param.name()));
        return loaded;
    }

    /** Creates the model of a directory, without the Params of its metadata. */
    protected M model(ModelDirectory directory) {
        return model(directory.metadata().uid(), directory.content(content));
    }

    /** Returns a loaded model with what it knows of the table that it was trained on. */
    private static <M extends LatentModel<M>> M withColumns(ModelDirectory directory, M loaded) {
        if (directory.has(ModelDirectory.TRAINING)) {
            loaded.of(directory.read(ModelDirectory.TRAINING, TrainingRecord.class));
        }
        return directory.has(SavedColumns.FILE)
                ? loaded.of(TableForm.of(directory.read(SavedColumns.FILE, SavedColumns.class)))
                : loaded;
    }

    /** Returns a reader of saved models, and of the models in saved pipelines. */
    public final MLReader<M> reader() {
        return new MLReader<>() {
            @Override
            public M load(String path) {
                return read(new ModelDirectory(sparkSession(), path));
            }
        };
    }
}
