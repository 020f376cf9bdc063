package io.github.sparklatent.ml.core;

import io.github.sparklatent.config.FormerNames;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.ml.columns.SchemaColumns;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a model of any type. The same seed and number of partitions give the same bits on every
 * cluster.
 *
 * @param <E> the class that extends this class
 * @param <M> the class of its models
 */
public abstract class LatentEstimator<E extends LatentEstimator<E, M>, M extends LatentModel<M>>
        extends Estimator<M> implements LatentParams<E>, DefaultParamsWritable {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(LatentEstimator.class);

    private final String uid;

    /** Creates an Estimator with the default Params. */
    protected LatentEstimator(String uid) {
        this.uid = uid;
        DeclaredParams.setDefaults(this);
    }

    @Override
    public String uid() {
        return uid;
    }

    /** Also finds Params of the release before by their old names, as loading does. */
    @Override
    public Param<Object> getParam(String name) {
        return super.getParam(FormerNames.currentParam(name));
    }

    /** Returns the family of the model. */
    public abstract ModelFamily family();

    @Override
    public final ModelType modelType() {
        return family().type();
    }

    /** Returns the values of the hyperparameters as settings. */
    protected Settings settings() {
        return DeclaredParams.settings(this);
    }

    /** Sets the hyperparameters that are given in a configuration. */
    public void configure(Settings settings) {
        DeclaredParams.configure(this, settings);
    }

    /**
     * Prepares a training. Reports every error that can be found without reading a row, and logs
     * the warnings about the table.
     *
     * @throws IllegalArgumentException if hyperparameters contradict each other or the table
     */
    public final Training<M> training(TrainingContext context) {
        Training<M> training = training(context, settings());
        context.tables().notes().forEach(LOG::warn);
        return training;
    }

    /** Prepares a training with the given hyperparameters. */
    protected abstract Training<M> training(TrainingContext context, Settings settings);

    /**
     * Trains on the table.
     *
     * @throws io.github.sparklatent.learn.DataException if the rows cannot be used
     * @throws IllegalArgumentException if hyperparameters contradict each other or the table
     * @throws io.github.sparklatent.learn.DivergedException if the training diverges
     */
    @Override
    public M fit(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        Problem.requireNone(settings().conflicts()); // a configuration is checked when it is read
        return training(TrainingContext.of(this, dataset))
                .run(trained -> finished(trained, dataset));
    }

    private M finished(Trained<M> trained, Dataset<?> dataset) {
        M model = trained.model();
        model.setParent(this);
        fitted(model, dataset);
        return model;
    }

    /** Completes a fitted model. The default implementation does nothing. */
    protected void fitted(M model, Dataset<?> dataset) {}

    @Override
    public StructType transformSchema(StructType schema) {
        SchemaColumns.requireFeatures(schema, getFeaturesCol());
        if (!getWeightCol().isEmpty()) {
            SchemaColumns.requireNumber(schema, "weight", getWeightCol());
        }
        return OutputColumns.of(this).append(schema, 0, latentCount(), componentCount());
    }

    /**
     * Returns the number of latent variables of a row; 0 if the model has no numeric latent
     * variables.
     */
    protected abstract int latentCount();

    /** Returns the number of components that rows belong to; 0 if there are none. */
    protected abstract int componentCount();

    @Override
    public E copy(ParamMap extra) {
        return defaultCopy(extra);
    }
}
