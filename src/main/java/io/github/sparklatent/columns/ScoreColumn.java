package io.github.sparklatent.columns;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Columns that a model adds to a table, in the order in which they are added. */
public enum ScoreColumn {
    RESPONSIBILITIES("probability", "probability of each component, a vector of length K"),
    COMPONENT("prediction", "the most probable component, from 0"),
    LOG_DENSITY("logDensity", "log density of the row, in nats"),
    LATENT("latent", "latent variables of the row, a vector: their mean if they have a distribution"),
    LATENT_VARIANCE("latentVariance", "variance of each latent variable given the row, a vector"),
    LATENT_SAMPLE("latentSample", "latent variables drawn from what the encoder gives for the row, a vector"),
    RECONSTRUCTION(
            "reconstruction",
            "reconstruction of the row, a vector; of a model with inputCols a struct of the table's columns"),
    RECONSTRUCTION_ERROR("reconstructionError", "mean squared difference of the row and its reconstruction"),
    IMPUTED(
            "imputed",
            "the row with each missing value replaced by its mean, or most probable category, given the others, a vector; of a model with inputCols a struct of the table's columns"),
    ANOMALY("anomalyScore", "anomaly score of the row, in nats; higher is more anomalous"),
    STANDARDIZED(
            "standardizedScore",
            "the anomaly score standardised by the cells that the row has, so that rows with different missing cells compare: the log odds that a row of the model has a lower one"),
    REAL_PROBABILITY("realProbability", "probability that the discriminator gives the row of being real"),
    OWN_MODEL(
            "ownModel",
            "whether the group of the row has a model of its own; otherwise the model of all rows scored it"),
    SEVERITY("severity", "percentage of the reference rows with a lower anomaly score, from 0 to 100"),
    IS_ANOMALY(
            "isAnomaly",
            "whether the row is above score.threshold, in the share score.alertRate, or one of score.alerts"),
    CONTRIBUTIONS(
            "contributions",
            "the columns that contribute most to the anomaly score, with what was expected there; only of anomalies if isAnomaly is added too");

    private static final Set<ScoreColumn> OF_ANOMALY = EnumSet.of(SEVERITY, IS_ANOMALY);

    private static final List<ScoreColumn> SHOWN = List.of(COMPONENT, RESPONSIBILITIES, ANOMALY, SEVERITY, IS_ANOMALY);

    private final String column;
    private final String meaning;

    ScoreColumn(String column, String meaning) {
        this.column = column;
        this.meaning = meaning;
    }

    /** Returns the columns that are added by default, of those that a model adds and those computed from them. */
    public static List<ScoreColumn> shown(List<ScoreColumn> offered) {
        return SHOWN.stream()
                .filter(column -> offered.contains(column.isOfModel() ? column : ANOMALY))
                .toList();
    }

    /** Returns whether the column is computed from the column {@link #ANOMALY} and the scores of reference rows. */
    public boolean isOfAnomaly() {
        return OF_ANOMALY.contains(this);
    }

    /** Returns whether a model adds the column, so that it has a Param with the column's name. */
    public boolean isOfModel() {
        return !isOfAnomaly() && this != CONTRIBUTIONS;
    }

    /** Returns the default name of the column that a spark.ml model adds. */
    public String modelColumn() {
        return column;
    }

    /** Returns the name of the Spark Param that holds the name of the column. */
    public String param() {
        return column + "Col";
    }

    /** Returns whether the column is of the component of a row. */
    public boolean isOfComponents() {
        return this == RESPONSIBILITIES || this == COMPONENT;
    }

    /** Returns a description of the column's content. */
    public String meaning() {
        return meaning;
    }

    /** Returns the name of the column in {@code score.columns} and in the output of score. */
    @Override
    public String toString() {
        return column;
    }
}
