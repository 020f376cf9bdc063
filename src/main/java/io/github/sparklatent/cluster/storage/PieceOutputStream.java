package io.github.sparklatent.cluster.storage;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32C;

/**
 * Writes a content in pieces, without knowing its length before:
 *
 * <pre>
 *   piece  number of its bytes (4 bytes, above 0), its bytes, checksum (4 bytes)
 *   end    0 (4 bytes), checksum (4 bytes)
 * </pre>
 *
 * A checksum is the CRC-32C of all lengths and bytes from the first piece to this one, so that an exchanged or missing
 * piece is found, too. Numbers are big-endian.
 */
final class PieceOutputStream extends OutputStream {
    private final DataOutputStream out;
    private final byte[] piece;
    private final CRC32C checksum = new CRC32C();
    private int used;

    /** Creates a stream that writes pieces of at most this number of bytes to another one. */
    PieceOutputStream(DataOutputStream out, int pieceLength) {
        this.out = out;
        this.piece = new byte[pieceLength];
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int done = 0; done < length; ) {
            int part = Math.min(length - done, piece.length - used);
            System.arraycopy(bytes, offset + done, piece, used, part);
            used += part;
            done += part;
            if (used == piece.length) {
                writePiece();
            }
        }
    }

    private void writePiece() throws IOException {
        update(checksum, used);
        checksum.update(piece, 0, used);
        out.writeInt(used);
        out.write(piece, 0, used);
        out.writeInt((int) checksum.getValue());
        used = 0;
    }

    static void update(CRC32C checksum, int length) {
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            checksum.update(length >>> shift);
        }
    }

    /** Writes the rest and the end. The other stream stays open. */
    void finish() throws IOException {
        if (used > 0) {
            writePiece();
        }
        writePiece();
    }
}
