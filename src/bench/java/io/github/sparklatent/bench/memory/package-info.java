/**
 * Memory: {@code jobs/bench memory}. {@link io.github.sparklatent.bench.memory.MemoryCommand} reads the heap in the
 * middle of rounds, of networks in {@link io.github.sparklatent.bench.memory.NetworkMemory} and of mixtures in
 * {@link io.github.sparklatent.bench.memory.MixtureMemory}.
 */
package io.github.sparklatent.bench.memory;
