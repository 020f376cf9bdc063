package io.github.sparklatent.vae;

import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/**
 * q(y|x) = E_q[p(y|z)] of the rows of a batch. It has no closed form: it is the mean over draws of z, as many as a
 * bound has, but at least {@link #MIN_DRAWS}. An object holds the buffers of one task.
 */
final class DrawnResponsibilities {
    /** Bounds the standard error of a responsibility by 0.0625. The draws are not decoded. */
    private static final int MIN_DRAWS = 64;

    private final int draws;
    private final FMatrixRMaj codes = new FMatrixRMaj(0, 0);
    private final DMatrixRMaj mean = new DMatrixRMaj(0, 0);

    DrawnResponsibilities(ScoringOptions options) {
        this.draws = Math.max(MIN_DRAWS, options.samples());
    }

    /** Draws a code of each row of the batch. */
    interface Proposal {
        /**
         * Writes one code of each row.
         *
         * @param from share of the draws that precede this one, in [0, 1)
         * @param to this share including this draw
         * @param codes n × l on return
         */
        void draw(double from, double to, FMatrixRMaj codes);
    }

    /**
     * Averages the responsibilities of the draws.
     *
     * @param rows n, the number of rows
     * @param latent l, the number of latent dimensions
     * @param shares p(y|z) of codes, K × n, a buffer
     * @return K × n, a buffer
     */
    DMatrixRMaj mean(int rows, int latent, Proposal proposal, Function<FMatrixRMaj, DMatrixRMaj> shares) {
        codes.reshape(rows, latent);
        for (int draw = 0; draw < draws; draw++) {
            proposal.draw((double) draw / draws, (draw + 1.0) / draws, codes);
            DMatrixRMaj some = shares.apply(codes);
            if (draw == 0) {
                mean.reshape(some.numRows, some.numCols);
                mean.zero();
            }
            for (int at = 0; at < mean.getNumElements(); at++) {
                mean.data[at] += some.data[at] / draws;
            }
        }
        return mean;
    }
}
