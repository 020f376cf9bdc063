package io.github.sparklatent.gmm.training;

import io.github.sparklatent.gmm.model.Mixture;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.em.EmState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A training's state as bytes and back, every double exactly: what a checkpoint file holds.
 *
 * <pre>
 *   int magic, int version
 *   list of candidates, fit or nothing, EM state or nothing      (see {@link StateWriter})
 * </pre>
 *
 * Numbers are big-endian, lists and texts preceded by their length, what may be absent by a
 * boolean. The version changes whenever anything of this does.
 */
public final class TrainerStateCodec {
    static final int MAGIC = 0x534c4d53;
    static final int VERSION = 2;

    private TrainerStateCodec() {}

    /** The bytes of a state; the same for the same state. */
    public static byte[] encode(TrainerState state) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            StateWriter writer = new StateWriter(out);
            writer.list(state.done(), writer::candidate);
            writer.optional(state.best(), writer::fit);
            writer.optional(state.current(), writer::current);
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
    public static TrainerState decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            requireHead(in);
            StateReader reader = new StateReader(in);
            TrainerState state =
                    new TrainerState(
                            reader.list(reader::candidate),
                            reader.optional(reader::fit),
                            reader.<EmState<Mixture>>optional(reader::current));
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
            throw new DataException("the saved training state is not one of a Gaussian mixture");
        }
        int version = in.readInt();
        if (version != VERSION) {
            throw new DataException(
                    "the saved training state has format %d, expected %d: it was written by another version of this program"
                            .formatted(version, VERSION));
        }
    }
}
