/**
 * Benchmarks: this project compared with its peers on the same data. The Maven profile {@code bench} compiles them,
 * {@code jobs/bench} runs them.
 *
 * <p>Read {@link io.github.sparklatent.bench.Bench} first: it lists the subcommands. Each subcommand is a class
 * {@code ...Command} in the package of its benchmark:
 *
 * <ul>
 *   <li>{@code race}: seconds of an EM round or an epoch, compared with MLlib, scikit-learn and PyTorch; rounds until a
 *       mixture is fitted; and missing values
 *   <li>{@code kernels}: products of matrices, by JMH
 *   <li>{@code training}: what averaging costs; bounds against chains
 *   <li>{@code clustering}, {@code anomalies}, {@code adversarial}: what models are good for
 *   <li>{@code drill}: faults on purpose, which {@code jobs/drill} runs
 *   <li>{@code command}, {@code data}, {@code report}: options, rows and output of all of them
 * </ul>
 */
package io.github.sparklatent.bench;
