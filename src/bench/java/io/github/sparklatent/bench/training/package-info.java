/**
 * Trainings of variational autoencoders on MNIST: {@code jobs/bench averaging} and {@code
 * jobs/bench mnist}; and the networks and trainings that other benchmarks use, too.
 *
 * <p>Read {@link io.github.sparklatent.bench.training.CurveCommand} first. Every run leaves a
 * {@link io.github.sparklatent.bench.training.Curve} in the benchmark's file under {@code
 * src/bench/results}, so that a long benchmark can be measured in parts. Tables and pictures are
 * made from this file.
 */
package io.github.sparklatent.bench.training;
