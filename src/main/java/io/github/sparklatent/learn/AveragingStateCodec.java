package io.github.sparklatent.learn;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The state of a training by averaging as bytes and back, every number exactly: what a checkpoint
 * file holds.
 *
 * <pre>
 *   int magic, int version
 *   parameters, moments, steps, outer, average, best or nothing, sinceBest, rowsSeen, rounds
 * </pre>
 *
 * Numbers are big-endian, arrays and lists preceded by their length, what may be absent by a
 * boolean. The version changes whenever anything of this does.
 */
public final class AveragingStateCodec {
    static final int MAGIC = 0x534c4156;
    static final int VERSION = 1;

    private AveragingStateCodec() {}

    /** The bytes of a state; the same for the same state. */
    public static byte[] encode(AveragingState state) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            write(out, state.parameters());
            write(out, state.moments());
            out.writeLong(state.steps());
            write(out, state.outer());
            write(out, state.average());
            out.writeBoolean(state.best() != null);
            if (state.best() != null) {
                write(out, state.best());
            }
            out.writeInt(state.sinceBest());
            out.writeLong(state.rowsSeen());
            out.writeInt(state.history().size());
            for (NetworkRound round : state.history()) {
                write(out, round);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory cannot be written", e);
        }
        return bytes.toByteArray();
    }

    /**
     * The state that was encoded.
     *
     * @throws DataException where the bytes are no state of a training, are cut short or longer
     *     than it, or were written in another version of the format
     */
    public static AveragingState decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            requireHead(in);
            AveragingState state =
                    new AveragingState(
                            floats(in),
                            floats(in),
                            in.readLong(),
                            floats(in),
                            floats(in),
                            in.readBoolean() ? best(in) : null,
                            in.readInt(),
                            in.readLong(),
                            rounds(in));
            if (in.available() > 0) {
                throw new DataException(
                        "the saved training state has %d bytes, expected %d"
                                .formatted(bytes.length, bytes.length - in.available()));
            }
            return state;
        } catch (EOFException e) {
            throw new DataException(
                    "the saved training state ends after %d bytes, expected more"
                            .formatted(bytes.length),
                    e);
        } catch (IOException | IllegalArgumentException e) {
            throw new DataException("the saved training state is damaged: " + e.getMessage(), e);
        }
    }

    private static void requireHead(DataInputStream in) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new DataException("the saved training state is not one of a network");
        }
        int version = in.readInt();
        if (version != VERSION) {
            throw new DataException(
                    "the saved training state has format %d, expected %d: it was written by another version of this program"
                            .formatted(version, VERSION));
        }
    }

    private static void write(DataOutputStream out, float[] values) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Float.BYTES * values.length);
        buffer.asFloatBuffer().put(values);
        out.writeInt(values.length);
        out.write(buffer.array());
    }

    private static float[] floats(DataInputStream in) throws IOException {
        float[] values = new float[length(in, Float.BYTES)];
        byte[] bytes = in.readNBytes(Float.BYTES * values.length);
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
        return values;
    }

    /** A length that the rest of the bytes cannot hold is their end, before memory is asked for. */
    private static int length(DataInputStream in, int bytes) throws IOException {
        int items = in.readInt();
        if (items < 0 || items > in.available() / bytes) {
            throw new EOFException();
        }
        return items;
    }

    private static void write(DataOutputStream out, List<Double> values) throws IOException {
        out.writeInt(values.size());
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    private static List<Double> doubles(DataInputStream in) throws IOException {
        int size = length(in, Double.BYTES);
        List<Double> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            values.add(in.readDouble());
        }
        return values;
    }

    private static void write(DataOutputStream out, AveragingState.Best best) throws IOException {
        write(out, best.parameters());
        write(out, best.measures());
        out.writeInt(best.round());
        out.writeBoolean(best.movingAverage());
    }

    private static AveragingState.Best best(DataInputStream in) throws IOException {
        return new AveragingState.Best(floats(in), doubles(in), in.readInt(), in.readBoolean());
    }

    private static void write(DataOutputStream out, NetworkRound round) throws IOException {
        out.writeInt(round.number());
        out.writeDouble(round.passes());
        write(out, round.measures());
        write(out, round.heldOut());
        write(out, round.averageHeldOut());
        out.writeLong(round.rows());
        out.writeLong(round.steps());
        out.writeDouble(round.learningRate());
        out.writeDouble(round.broadcast());
        out.writeDouble(round.compute());
        out.writeDouble(round.reduce());
        out.writeDouble(round.update());
        out.writeDouble(round.evaluate());
    }

    private static List<NetworkRound> rounds(DataInputStream in) throws IOException {
        int size = length(in, 1);
        List<NetworkRound> rounds = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            rounds.add(
                    new NetworkRound(
                            in.readInt(),
                            in.readDouble(),
                            doubles(in),
                            doubles(in),
                            doubles(in),
                            in.readLong(),
                            in.readLong(),
                            in.readDouble(),
                            in.readDouble(),
                            in.readDouble(),
                            in.readDouble(),
                            in.readDouble(),
                            in.readDouble()));
        }
        return rounds;
    }
}
