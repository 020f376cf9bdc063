/**
 * Layer 4: the saved form of networks. {@link io.github.sparklatent.ml.network.record.NetworkFit}
 * is the record of a training, with a {@code StageFit} for each stage; read it first. {@code
 * ArchitectureJson} and {@code ParameterTable} are the saved form of the network. {@code
 * StageMonitor} reports the rounds of a training.
 */
package io.github.sparklatent.ml.network.record;
