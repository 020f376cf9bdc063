package io.github.sparklatent.report;

/**
 * A figure that only some trainings measure.
 *
 * @param name with its unit, and with what it depends on
 * @param train of the rows trained on
 * @param holdout of the rows held out; NaN: none
 */
public record FurtherFigure(String name, double train, double holdout) {}
