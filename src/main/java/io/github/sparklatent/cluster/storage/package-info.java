/**
 * Layer 3: checkpoint files, which are replaced atomically, and the file systems that hold them.
 * Read {@code CheckpointFile} first.
 */
package io.github.sparklatent.cluster.storage;
