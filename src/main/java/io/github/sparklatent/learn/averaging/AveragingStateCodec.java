package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.StateBytes;
import io.github.sparklatent.learn.optimizer.LearningRate;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * Converts the state of a training by averaging to bytes and back, exactly.
 *
 * <pre>
 *   int magic, int version
 *   parameters, moments, steps, outer, average, best or nothing, sinceBest, rowsSeen, rounds
 * </pre>
 *
 * The format is that of {@link StateBytes}; a boolean precedes a field that may be absent. Increase
 * the version with every change of the format.
 */
public final class AveragingStateCodec {
    static final int MAGIC = 0x534c4156;
    static final int VERSION = 2;

    /** Size in bytes of the learning rate of a group whose name is empty. */
    private static final int SMALLEST_RATE = Short.BYTES + Double.BYTES;

    private AveragingStateCodec() {}

    /** Returns the bytes of a state; equal states have equal bytes. */
    public static byte[] encode(AveragingState state) {
        return StateBytes.encode(MAGIC, VERSION, out -> write(out, state));
    }

    /**
     * Returns the state that was encoded.
     *
     * @throws DataException if the bytes are not the state of a training, are too few or too many,
     *     or were written in another version of the format
     */
    public static AveragingState decode(byte[] bytes) {
        return StateBytes.decode(bytes, MAGIC, VERSION, AveragingStateCodec::read);
    }

    /** Writes a state without header. */
    public static void write(DataOutputStream out, AveragingState state) throws IOException {
        StateBytes.writeFloats(out, state.parameters());
        StateBytes.writeFloats(out, state.moments());
        out.writeLong(state.steps());
        StateBytes.writeFloats(out, state.outer());
        StateBytes.writeFloats(out, state.average());
        out.writeBoolean(state.best() != null);
        if (state.best() != null) {
            writeBest(out, state.best());
        }
        out.writeInt(state.sinceBest());
        out.writeLong(state.rowsSeen());
        writeRounds(out, state.history());
    }

    /** Reads a state without header. */
    public static AveragingState read(DataInputStream in) throws IOException {
        return new AveragingState(
                StateBytes.readFloats(in),
                StateBytes.readFloats(in),
                in.readLong(),
                StateBytes.readFloats(in),
                StateBytes.readFloats(in),
                in.readBoolean() ? readBest(in) : null,
                in.readInt(),
                in.readLong(),
                readRounds(in));
    }

    private static void writeBest(DataOutputStream out, AveragingState.Best best)
            throws IOException {
        StateBytes.writeFloats(out, best.parameters());
        StateBytes.writeDoubles(out, best.measures());
        out.writeInt(best.round());
        out.writeBoolean(best.movingAverage());
    }

    private static AveragingState.Best readBest(DataInputStream in) throws IOException {
        return new AveragingState.Best(
                StateBytes.readFloats(in),
                StateBytes.readDoubles(in),
                in.readInt(),
                in.readBoolean());
    }

    /** Writes the records of rounds. */
    public static void writeRounds(DataOutputStream out, List<NetworkRound> rounds)
            throws IOException {
        StateBytes.writeList(out, rounds, AveragingStateCodec::writeRound);
    }

    /** Reads the records of rounds. */
    public static List<NetworkRound> readRounds(DataInputStream in) throws IOException {
        return StateBytes.readList(in, 1, AveragingStateCodec::readRound);
    }

    private static void writeRound(DataOutputStream out, NetworkRound round) throws IOException {
        out.writeInt(round.number());
        out.writeDouble(round.epochs());
        StateBytes.writeDoubles(out, round.measures());
        StateBytes.writeDoubles(out, round.heldOut());
        StateBytes.writeDoubles(out, round.averageHeldOut());
        out.writeLong(round.rows());
        out.writeLong(round.steps());
        StateBytes.writeList(out, round.learningRates(), AveragingStateCodec::writeRate);
        out.writeDouble(round.broadcast());
        out.writeDouble(round.compute());
        out.writeDouble(round.reduce());
        out.writeDouble(round.update());
        out.writeDouble(round.evaluate());
    }

    private static NetworkRound readRound(DataInputStream in) throws IOException {
        return new NetworkRound(
                in.readInt(),
                in.readDouble(),
                StateBytes.readDoubles(in),
                StateBytes.readDoubles(in),
                StateBytes.readDoubles(in),
                in.readLong(),
                in.readLong(),
                StateBytes.readList(in, SMALLEST_RATE, AveragingStateCodec::readRate),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble());
    }

    private static void writeRate(DataOutputStream out, LearningRate rate) throws IOException {
        out.writeUTF(rate.group());
        out.writeDouble(rate.value());
    }

    private static LearningRate readRate(DataInputStream in) throws IOException {
        return new LearningRate(in.readUTF(), in.readDouble());
    }
}
