/**
 * Layer 4: the settings of networks. {@link io.github.sparklatent.ml.network.keys.NetworkModelTypes} lists the options
 * records of each model type; read it first, then {@code NetworkShape}. {@code NetworkConflicts} finds values of
 * different records that contradict each other. {@code Stages} is the section of {@code train} that changes values for
 * one stage. {@code Layers} and {@code NetworkShape.Likelihoods} add to the types of values of {@code config.value}.
 */
package io.github.sparklatent.ml.network.keys;
