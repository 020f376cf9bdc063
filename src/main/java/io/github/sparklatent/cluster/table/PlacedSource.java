package io.github.sparklatent.cluster.table;

/**
 * The directory that keeps the placed rows of a table, and the identity of the table's source.
 *
 * @param directory path of the directory, on storage that all workers reach
 * @param source text that changes whenever the rows of the source may have changed
 */
public record PlacedSource(String directory, String source) {
    /** Returns the same directory for the separate held-out table of this source. */
    public PlacedSource ofHoldout() {
        return new PlacedSource(directory, source + ", held-out table");
    }
}
