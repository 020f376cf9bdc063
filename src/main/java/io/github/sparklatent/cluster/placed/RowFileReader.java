package io.github.sparklatent.cluster.placed;

import io.github.sparklatent.cluster.table.RepeatedRow;
import io.github.sparklatent.cluster.table.RowRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Iterates over the rows of a file, one chunk after the other. A row is returned only after the checksum of its chunk
 * was found to be right.
 */
final class RowFileReader implements Iterator<RowRecord> {
    private final InputStream in;
    private final String file;
    private final PlacedPart part;
    private final int width;
    private ByteBuffer chunk = RowFile.buffer(0);
    private long position;
    private long rows;
    private boolean ended;

    /**
     * Opens a file.
     *
     * @param in its bytes; closed by the caller
     * @param file its path, for messages
     * @param part the file as it was written
     * @throws DamagedRowsException if its header is damaged
     */
    RowFileReader(InputStream in, String file, PlacedPart part) {
        this.in = in;
        this.file = file;
        this.part = part;
        ByteBuffer header = read(RowFile.HEADER_BYTES);
        if (header.getInt() != RowFile.MARK || header.getInt() != RowFile.FORMAT) {
            throw new DamagedRowsException(file, "it has another header");
        }
        this.width = header.getInt();
        if (width < 1 || width > part.length / Double.BYTES) { // a part without rows has no width
            if (part.rows > 0) {
                throw new DamagedRowsException(file, "its rows have %d numbers".formatted(width));
            }
        }
    }

    @Override
    public boolean hasNext() {
        if (!chunk.hasRemaining() && !ended) {
            next(read(Integer.BYTES).getInt());
        }
        return !ended;
    }

    /** Reads a chunk of some rows, or the end of the file. */
    private void next(int size) {
        if (size == 0) {
            ended = true;
            long expected = read(Long.BYTES).getLong();
            if (rows != expected || rows != part.rows) {
                throw new DamagedRowsException(file, "it has %d rows, expected %d".formatted(rows, part.rows));
            }
            return;
        }
        if (size < 0 || size > RowFile.chunkRows(width)) {
            throw new DamagedRowsException(file, "a chunk of %d rows begins at byte %d".formatted(size, position));
        }
        int bytes = Math.multiplyExact(size, RowFile.rowBytes(width));
        ByteBuffer read = read(bytes + Long.BYTES);
        if (RowFile.checksum(read.array(), 0, bytes) != read.getLong(bytes)) {
            throw new DamagedRowsException(file, "a checksum before byte %d is wrong".formatted(position));
        }
        chunk = read.limit(bytes);
    }

    private ByteBuffer read(int bytes) {
        if (bytes > part.length - position) {
            throw new DamagedRowsException(file, "it ends after %d bytes".formatted(position));
        }
        try {
            ByteBuffer buffer = RowFile.buffer(bytes);
            int found = in.readNBytes(buffer.array(), 0, bytes);
            position += found;
            if (found < bytes) {
                throw new DamagedRowsException(file, "it ends after %d bytes".formatted(position));
            }
            return buffer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public RowRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the file has no more rows");
        }
        RowRecord row = new RowRecord();
        row.setHash(chunk.getLong());
        long copies = chunk.getLong();
        row.setWeight(chunk.getDouble());
        double[] features = new double[width];
        chunk.asDoubleBuffer().get(features);
        chunk.position(chunk.position() + width * Double.BYTES);
        row.setFeatures(features);
        rows += copies;
        return copies == 1 ? row : RepeatedRow.of(row, copies);
    }
}
