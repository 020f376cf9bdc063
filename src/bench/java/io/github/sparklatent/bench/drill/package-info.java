/**
 * Drills: {@link io.github.sparklatent.bench.drill.PartitionsDrill} measures what a round over many
 * partitions costs.
 */
package io.github.sparklatent.bench.drill;
