/**
 * Layer 4: what is saved with a network and with its checkpoints. {@link
 * io.github.sparklatent.ml.network.record.NetworkFit} is the record of a training, with a {@code
 * StageFit} for each stage; read it first. {@code ArchitectureJson} and {@code ParameterTable} are
 * the saved form of the network. {@code NetworkStates} writes the state of a training into
 * checkpoints, and {@code StageMonitor} reports its rounds.
 */
package io.github.sparklatent.ml.network.record;
