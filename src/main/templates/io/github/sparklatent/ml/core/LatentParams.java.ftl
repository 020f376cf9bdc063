<#include "../param.inc.ftl"><@pp.renameOutputFile name="LatentParams.java"/>
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
    /** Returns the family of the model. */
    ModelFamily<?, ?> family();

    /** Returns the type of the model. */
    default ModelType modelType() {
        return family().type();
    }

    /** Returns whether the model can add a column. */
    default boolean offers(ScoreColumn column) {
        return modelType().columns().contains(column);
    }
<@param name="featuresCol" is="vectors, arrays of numbers, or a number."
    new='DeclaredParams.column(this, "featuresCol", "features column: vectors or arrays of numbers, or a number")'
    sets=". Default: features."/>
<@param name="weightCol" is="a row of weight w counts as w rows."
    new='DeclaredParams.column(this, "weightCol", "weight of each row when fitting and evaluating; empty: 1")'
    sets=". Default: empty, every row has weight 1."/>
<@param name="inputCols" type="String[]" of="StringArrayParam"
    is="names or globs of columns of any types, such as numbers, texts with few categories, booleans, dates, vectors.
     * They replace {@link #featuresCol()}: the Estimator learns how each column becomes numbers, and the model keeps it."
    doc="columns of any types, or globs; * is all of them"
    sets='; "*" is all columns but weight, key, label and those of groups. Not set by default.'/>
<@param name="scale" is="the scaling of {@link #inputCols()}."
    new='new Param<>(
                this,
                "scale",
                "scaling of inputCols: none, standard, minmax, unit or quantile",
                ParamValidators.inArray(SchemaColumns.names(Scale.values())))'
    sets=": none, standard, minmax, unit or quantile. It is learnt from the training rows and saved with the model.
     * Default: none, as {@code data.scale}."/>
<@param name="severityCol"
    is="percentage of the training rows with a lower anomaly score, from 0 to 100; of held-out rows if there are enough."
    new='DeclaredParams.column(this, "severityCol", column(ScoreColumn.SEVERITY))'
    sets=". Default: severity if {@link #inputCols()} is set and the model has anomaly scores, else empty, no column."/>
<@param name="isAnomalyCol" is="whether the row is an anomaly."
    new='DeclaredParams.column(this, "isAnomalyCol", column(ScoreColumn.IS_ANOMALY))'
    sets=". A share {@link #alertRate()} of rows like those of the training are anomalies.
     * Default: isAnomaly if {@link #inputCols()} is set and the model has anomaly scores, else empty, no column."/>
<@param name="contributionsCol"
    is="the columns that contribute most to the anomaly score, as {@link Explanations} describes them."
    new='DeclaredParams.column(this, "contributionsCol", column(ScoreColumn.CONTRIBUTIONS))'
    sets=". Only anomalies have contributions if {@link #isAnomalyCol()} is set, too; it is null in the other rows.
     * Default: empty, no column."/>
<@param name="alertRate" type="double" of="DoubleParam" is="share of the rows that are anomalies."
    new='new DoubleParam(
                this,
                "alertRate",
                "share of the rows that are anomalies, if they are like the training rows",
                ParamValidators.inRange(0, 1, false, true))'
    sets=", above 0 and at most 1. Default: 0.01."/>
<@param name="threshold" type="double" of="DoubleParam"
    is="score above which a row is an anomaly: the standardised score if the model has it, else the anomaly score."
    doc="standardised score above which a row is an anomaly; NaN: by alertRate"
    sets=". Default: NaN, by the alert rate. Configuration key: {@code score.threshold}."/>
<@param name="alerts" type="int" of="IntParam"
    is="number of rows of a table to flag. It has no threshold before there is a table, so {@code transform} refuses it."
    new='new IntParam(
                this,
                "alerts",
                "number of rows that top returns and evaluate flags, in place of alertRate",
                ParamValidators.gtEq(1))'
    sets=", at least 1. Not set by default."/>
<@param name="explainedColumns" type="int" of="IntParam" is="most columns in {@link #contributionsCol()}."
    new='new IntParam(
                this,
                "explainedColumns",
                "most columns of the contributions of a row, at least 1",
                ParamValidators.gtEq(1))'
    sets=", at least 1. Default: 3."/>

    private static String column(ScoreColumn column) {
        return "column: " + column.meaning() + "; empty: no column";
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
