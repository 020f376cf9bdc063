package io.github.sparklatent.ml.core;

import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.ml.columns.SchemaColumns;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a model of any type. Equal seeds give equal bits, whatever the cluster, for the same
 * number of partitions.
 *
 * @param <E> the class that extends this class
 * @param <M> the class of its models
 */
public abstract class LatentEstimator<E extends LatentEstimator<E, M>, M extends LatentModel<M>>
        extends Estimator<M> implements LatentParams<E>, DefaultParamsWritable {
    private static final long serialVersionUID = 1L;

    private final String uid;

    protected LatentEstimator(String uid) {
        this.uid = uid;
        DeclaredParams.setDefaults(this);
    }

    @Override
    public String uid() {
        return uid;
    }

    /** Returns the family of the model. */
    public abstract ModelFamily family();

    @Override
    public final ModelType modelType() {
        return family().type();
    }

    /** Returns the values of the hyperparameters, as a configuration would have them. */
    protected Settings settings() {
        return DeclaredParams.settings(this);
    }

    /** Sets the hyperparameters that a configuration gives. */
    public void configure(Settings settings) {
        DeclaredParams.configure(this, settings);
    }

    /**
     * Returns a training, not begun, after a look at everything that can be wrong without reading a
     * row.
     *
     * @throws IllegalArgumentException if hyperparameters do not suit the table
     */
    public final Training<M> training(TrainingContext context) {
        return training(context, settings());
    }

    protected abstract Training<M> training(TrainingContext context, Settings settings);

    /**
     * Trains on the table.
     *
     * @throws io.github.sparklatent.learn.DataException if the rows cannot be used; the message
     *     says which and why
     * @throws IllegalArgumentException if hyperparameters contradict each other or the table
     * @throws io.github.sparklatent.learn.DivergedException if the objective leaves all bounds
     */
    @Override
    public M fit(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        requireNoConflicts();
        return training(TrainingContext.of(this, dataset))
                .run(trained -> finished(trained, dataset));
    }

    /** A configuration has settings beside the hyperparameters and is checked when it is read. */
    private void requireNoConflicts() {
        List<Problem> problems = settings().conflicts();
        Require.that(
                problems.isEmpty(),
                "%s",
                problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
    }

    private M finished(Trained<M> trained, Dataset<?> dataset) {
        M model = trained.model();
        model.setParent(this);
        fitted(model, dataset);
        return model;
    }

    /** Completes a model that was fitted to a table. */
    protected void fitted(M model, Dataset<?> dataset) {}

    @Override
    public StructType transformSchema(StructType schema) {
        SchemaColumns.requireFeatures(schema, getFeaturesCol());
        if (!getWeightCol().isEmpty()) {
            SchemaColumns.requireNumber(schema, "weight", getWeightCol());
        }
        return OutputColumns.of(this).append(schema, 0, latentCount(), componentCount());
    }

    /** Returns the latent variables of a row; 0 if the model has none that are numbers. */
    protected abstract int latentCount();

    /** Returns the number of components that rows belong to; 0 if there are none. */
    protected abstract int componentCount();

    @Override
    public E copy(ParamMap extra) {
        return defaultCopy(extra);
    }
}
