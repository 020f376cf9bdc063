package io.github.sparklatent.report;

/** The duration of each part of a job in seconds; NaN if it was not measured. */
public record JobSeconds(double read, double train, double evaluate, double write) {}
