/**
 * Layer 3: a log of states in numbered files that are never changed, checkpoints, and the file systems that hold them.
 * Read {@code Store} and {@code Log} first.
 */
package io.github.sparklatent.cluster.storage;
