package io.github.sparklatent.vae;

import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.objective.RowStreams;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.likelihood.Decoder;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.Networks;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/** Parameters, decoder, streams and samples that the scorers of all models share in one task. */
final class ScoringTask {
    final Kind kind;
    final Networks networks;
    final float[] parameters;
    final ScoringOptions options;
    final int maxRows;
    private final RowStreams streams;
    final FloatProducts products = new FloatProducts();
    final Decoder.Worker decoder;
    private final FMatrixRMaj row = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj encoded = new FMatrixRMaj(0, 0);

    /**
     * Creates the buffers of one task.
     *
     * @param parameters parameters of all networks. Kept, not modified.
     * @param maxRows largest number of rows of a batch
     */
    ScoringTask(Kind kind, Networks networks, float[] parameters, ScoringOptions options, int maxRows) {
        this.kind = kind;
        this.networks = networks;
        this.parameters = parameters;
        this.options = options;
        this.maxRows = maxRows;
        this.streams = new RowStreams(maxRows, networks.inputs());
        this.decoder = networks.conditional().worker(maxRows, products);
    }

    /**
     * Returns the random stream of each row for the noise of its codes, which follows from the seed and the row's
     * content. The array is a buffer.
     */
    RandomGenerator[] noise(FMatrixRMaj rows) {
        return streams.ofContent(rows, options.seed(), Purpose.LATENT_NOISE);
    }

    /** Returns the random stream of each row for the chain of its codes, in the buffer of {@link #noise}. */
    RandomGenerator[] chains(FMatrixRMaj rows) {
        return streams.ofContent(rows, options.seed(), Purpose.CHAIN);
    }

    /** Returns whether rows are those of the call before, so that they are encoded; else remembers them. */
    boolean areEncoded(FMatrixRMaj rows) {
        int length = rows.getNumElements();
        boolean same = Arrays.equals(rows.data, 0, length, encoded.data, 0, encoded.getNumElements());
        if (!same) {
            encoded.setTo(rows);
        }
        return same;
    }

    /**
     * Decodes codes to E[x | z].
     *
     * @param codes n × l. Not modified.
     * @param rows rows with the conditions of the codes, n × d. Not modified.
     * @param mean n × d on return
     */
    void decode(FMatrixRMaj codes, FMatrixRMaj rows, FMatrixRMaj mean) {
        mean.reshape(codes.numRows, networks.inputs());
        decoder.decode(parameters, codes, rows);
        decoder.mean(parameters, mean);
    }

    /**
     * Draws a row of p(x | z) at each code. The draws follow from the seed and the content of the rows that the codes
     * are of.
     *
     * @param codes n × l. Not modified.
     * @param rows n × d. Not modified.
     * @param noisy whether columns of real numbers are drawn too; else they are E[x | z]
     * @param drawn n × d on return
     */
    void draw(FMatrixRMaj codes, FMatrixRMaj rows, boolean noisy, FMatrixRMaj drawn) {
        RandomGenerator[] random = streams.ofContent(rows, options.seed(), Purpose.DECODED);
        drawn.reshape(codes.numRows, networks.inputs());
        row.reshape(1, networks.inputs());
        decoder.decode(parameters, codes, rows);
        for (int i = 0; i < codes.numRows; i++) {
            if (noisy) {
                decoder.sample(parameters, i, random[i], row);
            } else {
                decoder.generate(parameters, i, random[i], row);
            }
            System.arraycopy(row.data, 0, drawn.data, i * row.numCols, row.numCols);
        }
    }
}
