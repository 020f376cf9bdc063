/**
 * Layer 5: tables and results in file systems.
 *
 * <p>{@code TableReader} and {@code TableWriter} read and write tables. {@code Place} publishes a complete result or
 * none. {@code Checkpoints} manages the checkpoint of a training.
 */
package io.github.sparklatent.app.files;
