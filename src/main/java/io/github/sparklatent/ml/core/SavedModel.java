package io.github.sparklatent.ml.core;

import io.github.sparklatent.cluster.encoding.ColumnPlanner;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.columns.ColumnEncoder;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.columns.TableProfile;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.columns.TableForm;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;

/**
 * A saved model.
 *
 * @param path directory from which the model was read
 * @param model the model, in the form of a spark.ml model
 */
public record SavedModel(String path, LatentModel<?> model) {
    /** Returns the type of the model. */
    public ModelType type() {
        return model.configuredType();
    }

    /** Returns the scaling of rows before they are given to the model. */
    public Scaling scaling() {
        return model.form().scaling();
    }

    /** Returns whether the model, and the scaling of its rows, give a score column. */
    public boolean offers(ScoreColumn column) {
        return model.offers(column) && scaling().kind().offers(column);
    }

    /** Returns why no rows can be drawn, as the rest of a sentence about the model; empty if they can. */
    public Optional<String> noSamplesBecause() {
        return scaling().kind() == Scale.BOTH
                ? Optional.of("reads numbers as values and ranks (data.scale = both), and drawn ones would not agree")
                : model.noSamplesBecause();
    }

    /** Returns the distributions of the columns of the training table; empty if they are not known. */
    public Optional<TableProfile> profile() {
        return model.record().map(TrainingRecord::profile);
    }

    /** Returns the columns that the model was trained on; empty if they are unknown. */
    public List<String> inputColumns() {
        return model.form().inputs();
    }

    /**
     * Returns the encoders of the columns that the model was trained on; empty if these hold plain numbers, or if they
     * are unknown.
     */
    public List<ColumnEncoder> encoders() {
        return model.form().encoders();
    }

    /** Returns a name for each number of a row of the model. */
    public List<String> featureNames() {
        return model.form().featureNames(model.numFeatures());
    }

    /** Returns whether each number of a row of the model is a column, so that its name is known. */
    public boolean hasNamedNumbers() {
        return model.form().hasNamedNumbers(model.numFeatures());
    }

    /** Returns 16 hexadecimal digits computed from the parameters and the scaling. */
    public String fingerprint() {
        return Fingerprint.of(model, scaling());
    }

    /** Returns the columns of a table as this model reads them, if it has encoders of those that are chosen. */
    public Optional<FeatureColumns> columns(ColumnPlanner planner, StructType schema) {
        TableForm form = model.form();
        return Optional.of(form)
                .filter(known -> !known.encoders().isEmpty() && planner.selects(schema, known.inputs()))
                .map(known -> known.columns(schema, model.getFeaturesCol()));
    }

    /**
     * Returns how a table becomes the features of the model.
     *
     * @param columns columns of the table that are used if the model does not know its columns
     */
    public TableForm form(FeatureColumns columns) {
        return model.form().readsTable()
                ? model.form().reading(columns)
                : TableForm.of(columns, Scaling.none(), model.numFeatures())
                        .with(model.form().known());
    }

    /**
     * Checks that the model can read missing values, if they are kept.
     *
     * @throws UsageException if it was trained on complete rows
     */
    public void requireMissingAllowed(Invalid invalid) {
        if (invalid == Invalid.KEEP && !model.allowsMissing()) {
            throw new UsageException(
                    "data.invalid is keep, but the model at \"%s\" was trained on complete rows and cannot read missing values; set data.invalid to error or skip, or train the model with data.invalid = keep"
                            .formatted(path));
        }
    }

    /** Checks the width of rows, as {@link #requireWidth(LatentModel, String, int)} does. */
    public void requireWidth(int found) {
        requireWidth(model, path, found);
    }

    /**
     * Checks the width of rows.
     *
     * @param path path of the model, for the message
     * @throws DataException if the width differs from the width of the model
     */
    public static void requireWidth(LatentModel<?> model, String path, int found) {
        if (found != model.numFeatures()) {
            throw new DataException(
                    "the rows have %d numbers, expected %d (the width the model at \"%s\" was fitted on)"
                            .formatted(found, model.numFeatures(), path));
        }
    }
}
