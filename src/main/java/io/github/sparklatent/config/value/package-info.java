/**
 * Layer 3: the types of value that a key can have: names, numbers, texts, lists and sections. A type reads a value from
 * HOCON, checks its range, writes it back, and gives the form of the Spark Param. Read
 * {@link io.github.sparklatent.config.value.ValueType} first, then
 * {@link io.github.sparklatent.config.value.ValueTypes}, which has all types. An invalid value causes a
 * {@link io.github.sparklatent.config.value.MisfitException}. May import: {@code cluster} and HOCON; no Spark.
 */
package io.github.sparklatent.config.value;
