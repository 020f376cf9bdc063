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
 * The state of a training in stages as bytes and back, every number exactly: what a checkpoint file
 * holds.
 *
 * <pre>
 *   int magic, int version
 *   stage, before, state as {@link AveragingStateCodec} has it, finished: name, events, measures,
 *   rounds
 * </pre>
 *
 * in the form of {@link StateBytes}. The version changes whenever anything of this does.
 */
public final class StagedStateCodec {
    static final int MAGIC = 0x534c5354;
    static final int VERSION = 2;

    private StagedStateCodec() {}

    /** The bytes of a state; the same for the same state. */
    public static byte[] encode(StagedState state) {
        return StateBytes.encode(MAGIC, VERSION, out -> write(out, state));
    }

    /**
     * The state that was encoded.
     *
     * @throws DataException where the bytes are no state of a training, are cut short or longer
     *     than it, or were written in another version of the format
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
