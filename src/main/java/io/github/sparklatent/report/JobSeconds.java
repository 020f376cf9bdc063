package io.github.sparklatent.report;

/** Seconds of a job's parts; NaN: not measured. */
public record JobSeconds(double read, double train, double evaluate, double write) {}
