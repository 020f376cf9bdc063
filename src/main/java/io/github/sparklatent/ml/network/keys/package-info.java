/**
 * Layer 4: the hyperparameters of networks, as declared keys. {@link
 * io.github.sparklatent.ml.network.keys.NetworkModelTypes} lists the keys of each model type; read
 * it first, then {@code NetworkKeys} and {@code VariationalKeys}. The classes {@code ...Conflicts}
 * find values that are valid one by one but not together. {@code Stages} and {@code Players} are
 * the sections of {@code train} that change values for one stage or for one network.
 */
package io.github.sparklatent.ml.network.keys;
