/**
 * Layer 4: the saved form of networks. {@link io.github.sparklatent.scoring.NetworkFit} is the record of a training,
 * with a {@code StageFit} for each stage; read it first. {@code ArchitectureJson} is the saved form of the
 * architecture, and {@code ParameterReader} reads the parameters that the release before has saved.
 * {@code StageMonitor} reports the rounds of a training.
 */
package io.github.sparklatent.ml.network.record;
