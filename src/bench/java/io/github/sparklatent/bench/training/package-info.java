/**
 * Trainings of variational autoencoders on MNIST: {@code jobs/bench averaging}; of deep latent Gaussian models on the
 * digits: {@code jobs/bench chains}; and the networks and trainings that other benchmarks use, too.
 *
 * <p>Every run of {@code averaging} leaves a {@link io.github.sparklatent.bench.training.Curve} in its file under
 * {@code src/bench/results}, so that a long benchmark can be measured in parts. Tables and pictures are made from this
 * file.
 */
package io.github.sparklatent.bench.training;
