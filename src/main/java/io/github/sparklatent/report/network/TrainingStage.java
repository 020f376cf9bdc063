package io.github.sparklatent.report.network;

/**
 * One stage of a training.
 *
 * @param name as a person knows it, such as "encoder"
 * @param from epochs over the rows at its beginning, of all stages together
 * @param to epochs at its end
 */
public record TrainingStage(String name, double from, double to) {}
