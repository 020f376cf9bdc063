package io.github.sparklatent.report;

/**
 * A figure that only some trainings measure.
 *
 * @param name name with the unit and, if needed, the conditions of the measurement
 * @param train value for the training rows
 * @param holdout value for the held-out rows; NaN if there are none
 */
public record FurtherFigure(String name, double train, double holdout) {}
