/**
 * Layer 4: the settings of networks. {@link io.github.sparklatent.ml.network.keys.NetworkModelTypes} lists the options
 * records of each model type; read it first, then {@code NetworkShape}. {@code NetworkConflicts} finds values of
 * different records that contradict each other. {@code Stages} and {@code Players} are the sections of {@code train}
 * that change values for one stage or for one network.
 */
package io.github.sparklatent.ml.network.keys;
