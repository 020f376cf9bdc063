package io.github.sparklatent.cluster.placed;

import java.io.Serializable;

/** A file with the rows of one partition. The class is not a record, because Kryo cannot read records. */
final class PlacedPart implements Serializable {
    private static final long serialVersionUID = 1L;

    final String name;

    /** Length of the file in bytes. */
    final long length;

    /** Number of rows of the table, and the sum of their fingerprints. */
    final long rows;

    final long fingerprint;

    /** Creates an empty part, whose fields the codec sets. */
    private PlacedPart() {
        this("", 0, 0, 0);
    }

    PlacedPart(String name, long length, long rows, long fingerprint) {
        this.name = name;
        this.length = length;
        this.rows = rows;
        this.fingerprint = fingerprint;
    }
}
