package io.github.sparklatent.cluster.storage;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32C;

/**
 * Reads what {@link PieceOutputStream} has written. A piece is read and checked as a whole before its first byte is
 * returned, so a reader never sees a damaged byte.
 */
final class PieceInputStream extends InputStream {
    private final DataInputStream in;
    private final CRC32C checksum = new CRC32C();
    private byte[] piece = new byte[0];
    private int length;
    private int position;
    private boolean hasEnded;

    PieceInputStream(DataInputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    /**
     * Reads bytes of one piece.
     *
     * @throws DamagedPieceException if the next piece is damaged
     * @throws java.io.EOFException if it is incomplete
     */
    @Override
    public int read(byte[] bytes, int offset, int most) throws IOException {
        if (most == 0) {
            return 0;
        }
        while (position == length && !hasEnded) {
            readPiece();
        }
        if (hasEnded) {
            return -1;
        }
        int read = Math.min(most, length - position);
        System.arraycopy(piece, position, bytes, offset, read);
        position += read;
        return read;
    }

    private void readPiece() throws IOException {
        length = in.readInt();
        if (length < 0 || length > CheckpointFormat.MAX_PIECE) {
            throw new DamagedPieceException(
                    "is damaged: a piece has %d bytes, expected 0 to %d".formatted(length, CheckpointFormat.MAX_PIECE));
        }
        if (piece.length < length) {
            piece = new byte[length];
        }
        in.readFully(piece, 0, length);
        position = 0;
        PieceOutputStream.update(checksum, length);
        checksum.update(piece, 0, length);
        if (in.readInt() != (int) checksum.getValue()) {
            throw new DamagedPieceException("is damaged: its checksum is wrong");
        }
        if (length == 0) {
            hasEnded = true;
            if (in.read() >= 0) {
                throw new DamagedPieceException("is damaged: there are bytes after its end");
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
