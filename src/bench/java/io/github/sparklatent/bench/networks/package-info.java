/**
 * What {@code jobs/bench} measures of networks: what averaging costs, MNIST beside PyTorch and the
 * literature, what a trained network is good for, what a task holds in memory.
 *
 * <p>{@link io.github.sparklatent.bench.networks.NetworkBench} takes one {@link
 * io.github.sparklatent.bench.networks.Theme} at a time. Every run leaves a {@link
 * io.github.sparklatent.bench.networks.Curve} in the theme's file under {@code src/bench/results},
 * in the place of an older one of its name; table and picture are made of that file, so that a long
 * theme can be measured in parts.
 */
package io.github.sparklatent.bench.networks;
