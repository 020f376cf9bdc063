/**
 * Layer 4: the saved form of networks and of their checkpoints. {@link
 * io.github.sparklatent.ml.network.record.NetworkFit} is the record of a training, with a {@code
 * StageFit} for each stage; read it first. {@code ArchitectureJson} and {@code ParameterTable} are
 * the saved form of the network. {@code NetworkStates} encodes the state of a training for
 * checkpoints, and {@code StageMonitor} reports its rounds.
 */
package io.github.sparklatent.ml.network.record;
