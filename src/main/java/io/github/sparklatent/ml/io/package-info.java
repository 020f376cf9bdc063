/**
 * Layer 4: the files of saved models, of all families. Read {@link io.github.sparklatent.ml.io.ModelDirectory} first:
 * it finds the model in a directory that spark.ml saved, reads its content, and reports missing or damaged files.
 * {@code ModelWriter} writes them, {@code Json} reads and writes metrics, and {@code Lines} prints them.
 */
package io.github.sparklatent.ml.io;
