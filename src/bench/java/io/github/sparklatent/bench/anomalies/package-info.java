/**
 * Detectors of anomalous rows on public tables: those of this project beside scikit-learn's.
 * {@link io.github.sparklatent.bench.anomalies.AnomaliesCommand} is the command.
 */
package io.github.sparklatent.bench.anomalies;
