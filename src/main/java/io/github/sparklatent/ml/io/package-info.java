/**
 * Layer 4: the files of saved models, of all families. Read {@link
 * io.github.sparklatent.ml.io.ModelDirectory} first: it finds the model in a directory that
 * spark.ml saved, and reports missing or damaged files. {@link
 * io.github.sparklatent.ml.io.ModelTable} is a small table beside the metadata, {@code Json} reads
 * and writes figures, and {@code Lines} prints them.
 */
package io.github.sparklatent.ml.io;
