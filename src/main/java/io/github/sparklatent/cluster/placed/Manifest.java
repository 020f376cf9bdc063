package io.github.sparklatent.cluster.placed;

import io.github.sparklatent.cluster.table.Census;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.StateCodec;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The content of a directory of placed rows.
 *
 * @param identity identity of the table
 * @param census counts of the table
 * @param parts files of the partitions, in their order
 */
record Manifest(String identity, Census census, List<PlacedPart> parts) {
    /** Returns the manifest as bytes: a checksum of 8 bytes and the encoded record. */
    byte[] bytes() {
        byte[] record = StateCodec.encode(this);
        return ByteBuffer.allocate(Long.BYTES + record.length)
                .putLong(checksum(record))
                .put(record)
                .array();
    }

    /**
     * Returns the manifest of {@link #bytes}.
     *
     * @throws DataException if the bytes are damaged
     */
    static Manifest of(byte[] bytes) {
        if (bytes.length < Long.BYTES) {
            throw new DataException("it has %d bytes".formatted(bytes.length));
        }
        ByteBuffer all = ByteBuffer.wrap(bytes);
        long expected = all.getLong();
        byte[] record = new byte[all.remaining()];
        all.get(record);
        if (checksum(record) != expected) {
            throw new DataException("its checksum is wrong");
        }
        return StateCodec.decode(record, Manifest.class);
    }

    private static long checksum(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        return sum.getValue();
    }
}
