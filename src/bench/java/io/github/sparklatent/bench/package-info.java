/**
 * Benchmarks: this project compared with its peers on the same data. The Maven profile {@code bench} compiles them,
 * {@code jobs/bench} runs them.
 *
 * <p>Read {@link io.github.sparklatent.bench.Bench} first: it lists the subcommands. Each subcommand is a class
 * {@code ...Command} in the package of its benchmark:
 *
 * <ul>
 *   <li>{@code race}: seconds of an EM round or an epoch, compared with MLlib, scikit-learn and PyTorch, and how they
 *       grow with the size of the problem
 *   <li>{@code jobs}: whole commands, and trainings on a cluster
 *   <li>{@code kernels}: products of matrices and elementary functions, by JMH
 *   <li>{@code training}: what averaging costs; networks on MNIST; bounds against chains
 *   <li>{@code clustering}, {@code adversarial}: what models are good for
 *   <li>{@code memory}: what driver and tasks hold
 *   <li>{@code command}, {@code data}, {@code report}: options, rows and output of all of them
 * </ul>
 */
package io.github.sparklatent.bench;
