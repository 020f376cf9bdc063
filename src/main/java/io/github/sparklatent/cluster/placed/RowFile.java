package io.github.sparklatent.cluster.placed;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The format of a file of placed rows. All numbers are little-endian.
 *
 * <pre>
 *   header   int mark, int format, int d
 *   chunk    int n ≥ 1, n rows of (long hash, long copies, double weight, d doubles), long checksum
 *   end      int 0, long number of rows of the table in the file
 * </pre>
 *
 * The checksum of a chunk is the CRC-32C of its rows.
 */
final class RowFile {
    /** Version of the format, part of the identity of placed rows. */
    static final int FORMAT = 1;

    static final int MARK = 0x524c5053; // "SPLR" in a little-endian file
    static final int HEADER_BYTES = 3 * Integer.BYTES;
    static final int END_BYTES = Integer.BYTES + Long.BYTES;

    private static final int CHUNK_BYTES = 1 << 20;

    private RowFile() {}

    /** Returns the length of a row of d numbers in bytes. */
    static int rowBytes(int d) {
        return Math.addExact(2 * Long.BYTES + Double.BYTES, Math.multiplyExact(d, Double.BYTES));
    }

    /** Returns the largest number of rows of a chunk. */
    static int chunkRows(int d) {
        return Math.max(1, CHUNK_BYTES / rowBytes(d));
    }

    static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static long checksum(byte[] bytes, int from, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, from, length);
        return sum.getValue();
    }
}
