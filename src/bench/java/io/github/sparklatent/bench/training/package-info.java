/**
 * Trainings of variational autoencoders on MNIST: {@code jobs/bench averaging} and {@code jobs/bench mnist}; of deep
 * latent Gaussian models on the digits: {@code jobs/bench chains}; and the networks and trainings that other benchmarks
 * use, too.
 *
 * <p>Read {@link io.github.sparklatent.bench.training.CurveCommand} first. Every run leaves a
 * {@link io.github.sparklatent.bench.training.Curve} in the benchmark's file under {@code src/bench/results}, so that a
 * long benchmark can be measured in parts. Tables and pictures are made from this file.
 */
package io.github.sparklatent.bench.training;
