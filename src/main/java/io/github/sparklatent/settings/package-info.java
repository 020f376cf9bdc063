/**
 * The declaration of hyperparameters. A component of an options record that carries
 * {@link io.github.sparklatent.settings.Setting} is a key of the configuration, a Spark Param, and a row of the
 * reference at once; nothing else states its path, range, default or meaning. Rules between the components stand in the
 * constructor of the record, see {@link io.github.sparklatent.settings.Rules}.
 */
package io.github.sparklatent.settings;
