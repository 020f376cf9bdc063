package io.github.sparklatent.cluster.placed;

import io.github.sparklatent.cluster.table.Census;
import io.github.sparklatent.cluster.table.RowRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Iterator;

/** Writes the usable rows of a partition to a file, one chunk after the other. */
final class RowFileWriter {
    private final OutputStream out;
    private ByteBuffer chunk = RowFile.buffer(0);
    private int width;
    private int size;
    private long length;
    private long rows;
    private long fingerprint;

    RowFileWriter(OutputStream out) {
        this.out = out;
    }

    /**
     * Writes rows.
     *
     * @param keep whether NaN is a missing value
     * @return number, fingerprint and length of the file of this name
     */
    PlacedPart write(String name, Iterator<RowRecord> partition, boolean keep) throws IOException {
        boolean begun = false;
        while (partition.hasNext()) {
            RowRecord row = partition.next();
            if (Census.isUsable(row, keep)) {
                if (!begun) {
                    begin(row.getFeatures().length);
                    begun = true;
                }
                add(row);
            }
        }
        if (!begun) {
            begin(0);
        }
        flush();
        put(RowFile.buffer(RowFile.END_BYTES).putInt(0).putLong(rows));
        return new PlacedPart(name, length, rows, fingerprint);
    }

    private void begin(int d) throws IOException {
        width = d;
        chunk = RowFile.buffer(Integer.BYTES + RowFile.chunkRows(d) * RowFile.rowBytes(d) + Long.BYTES);
        chunk.position(Integer.BYTES);
        put(RowFile.buffer(RowFile.HEADER_BYTES)
                .putInt(RowFile.MARK)
                .putInt(RowFile.FORMAT)
                .putInt(d));
    }

    private void add(RowRecord row) throws IOException {
        if (row.getFeatures().length != width) {
            throw new IOException("a row has %d numbers, the first one %d".formatted(row.getFeatures().length, width));
        }
        chunk.putLong(row.getHash()).putLong(row.copies()).putDouble(row.getWeight());
        chunk.asDoubleBuffer().put(row.getFeatures());
        chunk.position(chunk.position() + width * Double.BYTES);
        rows += row.copies();
        fingerprint += row.copies() * Census.fingerprint(row);
        size++;
        if (size == RowFile.chunkRows(width)) {
            flush();
        }
    }

    private void flush() throws IOException {
        if (size > 0) {
            int bytes = chunk.position() - Integer.BYTES;
            chunk.putInt(0, size);
            put(chunk.putLong(RowFile.checksum(chunk.array(), Integer.BYTES, bytes)));
            chunk.clear().position(Integer.BYTES);
            size = 0;
        }
    }

    private void put(ByteBuffer bytes) throws IOException {
        out.write(bytes.array(), 0, bytes.position());
        length += bytes.position();
    }
}
