package io.github.sparklatent.ml.core;

import io.github.sparklatent.cluster.encoding.ColumnPlanner;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.columns.ColumnEncoder;
import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.columns.TableProfile;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.anomaly.AnomalySeverity;
import io.github.sparklatent.ml.columns.FeatureAssembler;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.types.StructType;

/**
 * A saved model, alone or as the last stage of a pipeline.
 *
 * @param path directory from which the model was read
 * @param type type of the model
 * @param model the model, in the form of a spark.ml model
 * @param stage stage that computes the model's features; empty for a model saved without a pipeline
 * @param severity stage that compares anomaly scores with those of reference rows; empty for a model saved without it
 */
public record SavedModel(
        String path,
        ModelType type,
        LatentModel<?> model,
        Optional<FeatureAssembler> stage,
        Optional<AnomalySeverity> severity) {

    /** Returns the scaling of rows before they are given to the model. */
    public Scaling scaling() {
        return stage.map(FeatureAssembler::scaling).orElse(Scaling.none());
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
        return stage.map(assembler -> List.of(assembler.getInputCols())).orElse(List.of());
    }

    /**
     * Returns the encoders of the columns that the model was trained on; empty if these hold plain numbers, or if they
     * are unknown.
     */
    public List<ColumnEncoder> encoders() {
        return stage.map(FeatureAssembler::columnEncoders).orElse(List.of());
    }

    /** Returns a name for each number of a row of the model. */
    public List<String> featureNames() {
        List<ColumnEncoder> encoders = encoders();
        if (!encoders.isEmpty()) {
            return encoders.stream()
                    .flatMap(encoder -> encoder.features().stream())
                    .map(Feature::name)
                    .toList();
        }
        List<String> inputs = inputColumns();
        String single = inputs.size() == 1 ? inputs.get(0) : "features";
        int width = model.numFeatures();
        return inputs.size() == width
                ? inputs
                : IntStream.range(0, width)
                        .mapToObj(j -> single + "[" + j + "]")
                        .toList();
    }

    /** Returns whether each number of a row of the model is a column, so that its name is known. */
    public boolean hasNamedNumbers() {
        return !encoders().isEmpty() || inputColumns().size() == model.numFeatures();
    }

    /** Returns the model, which reads the columns of its training table and adds severities if it knows any. */
    public LatentModel<?> ofTable() {
        return stage.isPresent() ? attached(model) : model;
    }

    private <M extends LatentModel<M>> LatentModel<M> attached(LatentModel<M> found) {
        return TrainedColumns.attach(
                found.copy(ParamMap.empty()), stage.orElseThrow().copy(ParamMap.empty()), severity.orElse(null));
    }

    /** Returns 16 hexadecimal digits computed from the parameters and the scaling. */
    public String fingerprint() {
        return Fingerprint.of(model, scaling());
    }

    /** Returns the columns of a table as this model reads them, if it has encoders of those that are chosen. */
    public Optional<FeatureColumns> columns(ColumnPlanner planner, StructType schema) {
        return stage.filter(assembler -> !assembler.columnEncoders().isEmpty())
                .filter(assembler -> planner.selects(schema, List.of(assembler.getInputCols())))
                .map(assembler -> assembler.columns(schema));
    }

    /**
     * Returns the stage that makes the model's features from a table.
     *
     * @param columns columns of the table that are used if the model was saved without a stage
     */
    public FeatureAssembler assembler(FeatureColumns columns) {
        return stage.map(assembler -> assembler.reading(columns))
                .orElseGet(() -> new FeatureAssembler("assembler", columns, Scaling.none(), model.numFeatures()));
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
