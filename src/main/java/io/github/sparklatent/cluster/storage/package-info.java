/**
 * Layer 3: the files of a commit, which a reader sees whole or not at all: a log of numbered files that are never
 * changed, checkpoints that are replaced atomically, and the file systems that hold them. Read {@code AtomicFiles} and
 * {@code CheckpointFile} first.
 */
package io.github.sparklatent.cluster.storage;
