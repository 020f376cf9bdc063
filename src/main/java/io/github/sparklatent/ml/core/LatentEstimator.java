package io.github.sparklatent.ml.core;

import io.github.sparklatent.cluster.table.UsabilityCheck.InvalidRowsException;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.config.DataSection;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.columns.TableForm;
import java.util.List;
import java.util.Set;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a model of any type. The same seed and number of partitions give the same bits on every cluster.
 *
 * @param <E> the class that extends this class
 * @param <M> the class of its models
 */
public abstract class LatentEstimator<E extends LatentEstimator<E, M>, M extends LatentModel<M>> extends Estimator<M>
        implements CommonSetters<E>, DefaultParamsWritable, FamilySource {
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

    @Override
    public abstract ModelFamily<M, ?> family();

    /** Returns the values of the hyperparameters as settings. */
    protected Settings settings() {
        return DeclaredParams.settings(this);
    }

    /** Sets the hyperparameters that are given in a configuration. */
    public void configure(Settings settings) {
        DeclaredParams.configure(this, settings);
    }

    /**
     * Prepares a training. Reports every error that can be found without reading a row, and logs the warnings about the
     * table.
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
        TrainingContext context = TrainingContext.of(this, dataset, List.of());
        try {
            return training(context).run(trained -> {
                M model = finished(trained, context, trained.model());
                if (model.hasParam("initialModel")) {
                    model.clear(model.getParam("initialModel")); // what is there may be gone or another model later
                }
                model.setParent(this);
                fitted(model, dataset);
                return model;
            });
        } catch (InvalidRowsException e) {
            throw new DataException(
                    e.getMessage()
                            + "; handleInvalid = skip leaves such rows out, keep models their other cells if the model can",
                    e);
        }
    }

    /** Returns the model with what it adds to the columns of tables like that of the training. */
    public <N extends LatentModel<N>> N finished(Trained<N> trained, TrainingContext context, N model) {
        TrainingTables tables = context.tables();
        Require.that(
                !isJudged() || TrainingScores.areKnown(tables, trained.facts(), model),
                "%s: severities of this model need held-out rows, but there are none: set holdoutFraction = 0.1, or severityCol and isAnomalyCol to an empty text",
                uid());
        model.setDefault(model.alertRate(), getAlertRate());
        model.clear(model.alertRate()); // which a Param of the model replaces
        return model.trainedAs(trained)
                .of((hasInputCols() ? trained.form() : TableForm.NONE)
                        .with(
                                isJudged()
                                        ? TrainingScores.of(
                                                tables, trained.facts(), trained.form(), model, getAlertRate())
                                        : null));
    }

    /** Returns whether models compare rows with those of the training. */
    protected final boolean isJudged() {
        Set<ScoreColumn> added = OutputColumns.ofAnomalies(this, hasInputCols()).keySet();
        return added.contains(ScoreColumn.SEVERITY) || added.contains(ScoreColumn.IS_ANOMALY);
    }

    final boolean hasInputCols() {
        return isSet(inputCols());
    }

    /** Completes a fitted model. The default implementation does nothing. */
    protected void fitted(M model, Dataset<?> dataset) {}

    @Override
    public StructType transformSchema(StructType schema) {
        if (hasInputCols()) {
            Roles.of(this, settings(), List.of()).planner().requireColumns(schema);
        } else {
            Require.that(
                    !isSet(scale()) || getScale().equals("none"),
                    "%s: scale is %s, but only inputCols are scaled: set inputCols, or scale the features in an earlier stage",
                    uid(),
                    getScale());
            SchemaColumns.requireFeatures(schema, getFeaturesCol());
        }
        DataSection data = settings().bind(DataSection.DEFAULT);
        data.weight().ifPresent(weight -> SchemaColumns.requireNumber(schema, "weight", weight));
        data.id().ifPresent(id -> SchemaColumns.require(schema, "id", id));
        data.label().ifPresent(label -> SchemaColumns.require(schema, "label", label));
        return OutputColumns.of(this, hasInputCols()).append(schema, 0, latentCount(), componentCount());
    }

    /** Returns the number of latent variables of a row; 0 if the model has no numeric latent variables. */
    protected int latentCount() {
        return 0;
    }

    /** Returns the number of components that rows belong to; 0 if there are none. */
    protected int componentCount() {
        return 0;
    }

    @Override
    public E copy(ParamMap extra) {
        return defaultCopy(extra);
    }
}
