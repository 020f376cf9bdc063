package io.github.sparklatent.report.network;

/**
 * One stage of a training.
 *
 * @param name name of the stage for readers, such as "encoder"
 * @param from epochs completed at its start, over all stages
 * @param to epochs completed at its end, over all stages
 */
public record TrainingStage(String name, double from, double to) {}
