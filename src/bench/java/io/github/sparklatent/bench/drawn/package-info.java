/** Classifiers trained on rows that models have drawn. */
package io.github.sparklatent.bench.drawn;
