package io.github.sparklatent.ml.core;

import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.explanation.Explanations;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * The Params of all models of this library. Those of one type of model are generated from the declarations of its
 * hyperparameters, see {@link io.github.sparklatent.config.ModelType}. Setters return the object itself.
 *
 * @param <S> the class that implements this interface
 */
public interface LatentParams<S> extends Params {
    /** Returns the type of the model. */
    ModelType modelType();

    /** Returns whether the model can add a column. */
    default boolean offers(ScoreColumn column) {
        return modelType().columns().contains(column);
    }

    /** Returns the Param {@code featuresCol}: vectors, arrays of numbers, or a number. */
    default Param<String> featuresCol() {
        return DeclaredParams.column(this, "featuresCol", "features column: vectors or arrays of numbers, or a number");
    }

    /** Returns the value of {@link #featuresCol()}. */
    default String getFeaturesCol() {
        return $(featuresCol());
    }

    /** Sets {@link #featuresCol()}. Default: features. */
    @SuppressWarnings("unchecked")
    default S setFeaturesCol(String value) {
        return (S) set(featuresCol(), value);
    }

    /** Returns the Param {@code weightCol}: a row of weight w counts as w rows. */
    default Param<String> weightCol() {
        return DeclaredParams.column(this, "weightCol", "weight of each row when fitting and evaluating; empty: 1");
    }

    /** Returns the value of {@link #weightCol()}. */
    default String getWeightCol() {
        return $(weightCol());
    }

    /** Sets {@link #weightCol()}. Default: empty, every row has weight 1. */
    @SuppressWarnings("unchecked")
    default S setWeightCol(String value) {
        return (S) set(weightCol(), value);
    }

    /**
     * Returns the Param {@code inputCols}: names or globs of columns of any types, such as numbers, texts with few
     * categories, booleans, dates, vectors. They replace {@link #featuresCol()}: the Estimator learns how each column
     * becomes numbers, and the model keeps it.
     */
    default StringArrayParam inputCols() {
        return new StringArrayParam(this, "inputCols", "columns of any types, or globs; * is all of them");
    }

    /** Returns the value of {@link #inputCols()}. */
    default String[] getInputCols() {
        return $(inputCols());
    }

    /** Sets {@link #inputCols()}; "*" is all columns but weight, key, label and those of groups. Not set by default. */
    @SuppressWarnings("unchecked")
    default S setInputCols(String... value) {
        return (S) set(inputCols(), value);
    }

    /** Returns the Param {@code scale}: the scaling of {@link #inputCols()}. */
    default Param<String> scale() {
        return new Param<>(
                this,
                "scale",
                "scaling of inputCols: none, standard, minmax, unit or quantile",
                ParamValidators.inArray(SchemaColumns.names(Scale.values())));
    }

    /** Returns the value of {@link #scale()}. */
    default String getScale() {
        return $(scale());
    }

    /**
     * Sets {@link #scale()}: none, standard, minmax, unit or quantile. It is learnt from the training rows and saved
     * with the model. Default: none, as {@code data.scale}.
     */
    @SuppressWarnings("unchecked")
    default S setScale(String value) {
        return (S) set(scale(), value);
    }

    /**
     * Returns the Param {@code severityCol}: percentage of the training rows with a lower anomaly score, from 0 to 100;
     * of held-out rows if there are enough.
     */
    default Param<String> severityCol() {
        return DeclaredParams.column(this, "severityCol", column(ScoreColumn.SEVERITY));
    }

    /** Returns the value of {@link #severityCol()}. */
    default String getSeverityCol() {
        return $(severityCol());
    }

    /**
     * Sets {@link #severityCol()}. Default: severity if {@link #inputCols()} is set and the model has anomaly scores,
     * else empty, no column.
     */
    @SuppressWarnings("unchecked")
    default S setSeverityCol(String value) {
        return (S) set(severityCol(), value);
    }

    /** Returns the Param {@code isAnomalyCol}: whether the row is an anomaly. */
    default Param<String> isAnomalyCol() {
        return DeclaredParams.column(this, "isAnomalyCol", column(ScoreColumn.IS_ANOMALY));
    }

    /** Returns the value of {@link #isAnomalyCol()}. */
    default String getIsAnomalyCol() {
        return $(isAnomalyCol());
    }

    /**
     * Sets {@link #isAnomalyCol()}. A share {@link #alertRate()} of rows like those of the training are anomalies.
     * Default: isAnomaly if {@link #inputCols()} is set and the model has anomaly scores, else empty, no column.
     */
    @SuppressWarnings("unchecked")
    default S setIsAnomalyCol(String value) {
        return (S) set(isAnomalyCol(), value);
    }

    /**
     * Returns the Param {@code contributionsCol}: the columns that contribute most to the anomaly score, as
     * {@link Explanations} describes them.
     */
    default Param<String> contributionsCol() {
        return DeclaredParams.column(this, "contributionsCol", column(ScoreColumn.CONTRIBUTIONS));
    }

    /** Returns the value of {@link #contributionsCol()}. */
    default String getContributionsCol() {
        return $(contributionsCol());
    }

    /**
     * Sets {@link #contributionsCol()}. Only anomalies have contributions if {@link #isAnomalyCol()} is set, too; it is
     * null in the other rows. Default: empty, no column.
     */
    @SuppressWarnings("unchecked")
    default S setContributionsCol(String value) {
        return (S) set(contributionsCol(), value);
    }

    private static String column(ScoreColumn column) {
        return "column: " + column.meaning() + "; empty: no column";
    }

    /** Returns the Param {@code alertRate}: share of the rows that are anomalies. */
    default DoubleParam alertRate() {
        return new DoubleParam(
                this,
                "alertRate",
                "share of the rows that are anomalies, if they are like the training rows",
                ParamValidators.inRange(0, 1, false, true));
    }

    /** Returns the value of {@link #alertRate()}. */
    default double getAlertRate() {
        return (double) $(alertRate());
    }

    /** Sets {@link #alertRate()}, above 0 and at most 1. Default: 0.01. */
    @SuppressWarnings("unchecked")
    default S setAlertRate(double value) {
        return (S) set(alertRate(), value);
    }

    /** Returns the Param {@code threshold}: anomaly score above which a row is an anomaly. */
    default DoubleParam threshold() {
        return new DoubleParam(this, "threshold", "anomaly score above which a row is an anomaly; NaN: by alertRate");
    }

    /** Returns the value of {@link #threshold()}. */
    default double getThreshold() {
        return (double) $(threshold());
    }

    /** Sets {@link #threshold()}. Default: NaN, by the alert rate. Configuration key: {@code score.threshold}. */
    @SuppressWarnings("unchecked")
    default S setThreshold(double value) {
        return (S) set(threshold(), value);
    }

    /** Returns the Param {@code explainedColumns}: most columns in {@link #contributionsCol()}. */
    default IntParam explainedColumns() {
        return new IntParam(
                this,
                "explainedColumns",
                "most columns of the contributions of a row, at least 1",
                ParamValidators.gtEq(1));
    }

    /** Returns the value of {@link #explainedColumns()}. */
    default int getExplainedColumns() {
        return (int) $(explainedColumns());
    }

    /** Sets {@link #explainedColumns()}, at least 1. Default: 3. */
    @SuppressWarnings("unchecked")
    default S setExplainedColumns(int value) {
        return (S) set(explainedColumns(), value);
    }

    /** Returns the Param of a hyperparameter or of an output column by its name. */
    default Param<?> declared(String name) {
        return DeclaredParams.param(this, name);
    }

    /** Sets the Param of a hyperparameter to a value, which may have another form than the Param. */
    default S putValue(String name, Object value) {
        return put(name, DeclaredParams.held(this, name, value));
    }

    /** Sets the Param of a hyperparameter or of an output column by its name. */
    @SuppressWarnings("unchecked")
    default S put(String name, Object value) {
        return (S) set((Param<Object>) declared(name), value);
    }
}
