/**
 * Layer 3: checkpoint files, written completely or not at all, and the file systems they are on.
 * Read {@code CheckpointFile} first.
 */
package io.github.sparklatent.cluster.storage;
