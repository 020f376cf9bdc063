package io.github.sparklatent.learn.stage;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.StateBytes;
import io.github.sparklatent.learn.averaging.AveragingState;
import io.github.sparklatent.learn.averaging.AveragingStateCodec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * Converts the state of a staged training to bytes and back, exactly. Checkpoint files hold these
 * bytes.
 *
 * <pre>
 *   int magic, int version
 *   stage, before, state (see {@link AveragingStateCodec}), finished: name, events, measures, rounds
 * </pre>
 *
 * The format is that of {@link StateBytes}. Increase the version with every change of the format.
 */
public final class StagedStateCodec {
    static final int MAGIC = 0x534c5354;
    static final int VERSION = 2;

    private StagedStateCodec() {}

    /** Returns the bytes of a state; equal states have equal bytes. */
    public static byte[] encode(StagedState state) {
        return StateBytes.encode(MAGIC, VERSION, out -> write(out, state));
    }

    /**
     * Returns the state that was encoded.
     *
     * @throws DataException if the bytes are not the state of a staged training, are too few or too
     *     many, or were written in another version of the format
     */
    public static StagedState decode(byte[] bytes) {
        return StateBytes.decode(bytes, MAGIC, VERSION, StagedStateCodec::read);
    }

    private static void write(DataOutputStream out, StagedState state) throws IOException {
        out.writeInt(state.stage());
        StateBytes.writeFloats(out, state.before());
        AveragingStateCodec.write(out, state.state());
        StateBytes.writeList(out, state.finished(), StagedStateCodec::writeRecord);
    }

    private static StagedState read(DataInputStream in) throws IOException {
        int stage = in.readInt();
        float[] before = StateBytes.readFloats(in);
        AveragingState state = AveragingStateCodec.read(in);
        List<StageRecord> finished = StateBytes.readList(in, 1, StagedStateCodec::readRecord);
        return new StagedState(stage, before, state, finished);
    }

    private static void writeRecord(DataOutputStream out, StageRecord record) throws IOException {
        out.writeUTF(record.name());
        StateBytes.writeList(out, record.events(), DataOutputStream::writeUTF);
        StateBytes.writeList(out, record.measures(), DataOutputStream::writeUTF);
        AveragingStateCodec.writeRounds(out, record.rounds());
    }

    private static StageRecord readRecord(DataInputStream in) throws IOException {
        return new StageRecord(
                in.readUTF(), readTexts(in), readTexts(in), AveragingStateCodec.readRounds(in));
    }

    private static List<String> readTexts(DataInputStream in) throws IOException {
        return StateBytes.readList(in, Short.BYTES, text -> text.readUTF());
    }
}
