package io.github.sparklatent.gmm.training;

import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.Mixture;
import io.github.sparklatent.learn.em.EmState;
import io.github.sparklatent.learn.em.Round;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Reads the parts of a training state as {@link StateWriter} wrote them. A length that exceeds the
 * remaining bytes throws EOFException before memory is allocated.
 */
record StateReader(DataInputStream in) {
    /** Reads one part. */
    @FunctionalInterface
    interface Part<T> {
        T read() throws IOException;
    }

    <T> List<T> list(Part<T> part) throws IOException {
        int size = length(in.readInt(), 1);
        List<T> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            values.add(part.read());
        }
        return values;
    }

    /** Reads a part that may be missing; returns null if it is. */
    <T> T optional(Part<T> part) throws IOException {
        return in.readBoolean() ? part.read() : null;
    }

    Candidate candidate() throws IOException {
        return new Candidate(
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readBoolean(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble());
    }

    MixtureFit fit() throws IOException {
        return new MixtureFit(
                mixture(),
                candidate(),
                in.readLong(),
                in.readDouble(),
                list(in::readDouble),
                list(this::round),
                list(this::text));
    }

    EmState<Mixture> current() throws IOException {
        return new EmState<>(
                mixture(), list(this::round), list(this::text), in.readInt(), in.readBoolean());
    }

    private Mixture mixture() throws IOException {
        return Mixture.of(CovarianceType.of(text()), matrix().data, matrix(), list(this::matrix));
    }

    private Round round() throws IOException {
        return new Round(
                in.readInt(),
                in.readDouble(),
                in.readDouble(),
                in.readLong(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble());
    }

    private DMatrixRMaj matrix() throws IOException {
        int rows = length(in.readInt(), 1);
        int columns = length(in.readInt(), 1);
        length((long) rows * columns, Double.BYTES);
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < matrix.getNumElements(); i++) {
            matrix.data[i] = in.readDouble();
        }
        return matrix;
    }

    private String text() throws IOException {
        byte[] bytes = new byte[length(in.readInt(), 1)];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private int length(long items, int bytes) throws IOException {
        if (items < 0 || items > in.available() / bytes) {
            throw new EOFException();
        }
        return (int) items;
    }
}
