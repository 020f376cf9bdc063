/**
 * What the subcommands of {@code jobs/bench} have in common: {@link io.github.sparklatent.bench.command.BenchCommand}
 * prints the tables of a benchmark and writes them into its pages; the other classes are groups of options.
 */
package io.github.sparklatent.bench.command;
