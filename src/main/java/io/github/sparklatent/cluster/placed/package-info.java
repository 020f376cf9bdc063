/**
 * Layer 3: placed rows as files, so that a later training of the same table starts without reading its source.
 *
 * <p>{@link io.github.sparklatent.cluster.placed.PlacedDirectory} finds and writes them. A file per partition has the
 * rows in their order, before they are scaled and split into training and held-out rows; the manifest, which is written
 * last, has the census and the names of the files.
 */
package io.github.sparklatent.cluster.placed;
