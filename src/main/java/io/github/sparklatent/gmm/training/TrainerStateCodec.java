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
 * Encodes a training state to bytes and back, with every double exact. This is the content of a
 * checkpoint file.
 *
 * <pre>
 *   int magic, int version
 *   list of candidates, fit or nothing, EM state or nothing      (see {@link StateWriter})
 * </pre>
 *
 * Numbers are big-endian. Lists and texts are preceded by their length, optional parts by a
 * boolean. The version changes with every change of this format.
 */
public final class TrainerStateCodec {
    static final int MAGIC = 0x534c4d53;
    static final int VERSION = 2;

    private TrainerStateCodec() {}

    /** Returns the bytes of a state; equal states give equal bytes. */
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
     * Returns the state that was encoded.
     *
     * @throws DataException if the bytes are not a training state of a Gaussian mixture, are cut
     *     short or too long, or were written in another version of the format
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
