package io.github.sparklatent.vae;

import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.objective.Batch;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Layer;
import io.github.sparklatent.nn.likelihood.Decoder;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.Networks;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * Computes the scores of a model for {@link NetworkScorer}, which checks the sizes of batches; methods of the same name
 * compute the same. Random draws follow from the content of the rows; the target are the rows that are measured. Used
 * by one thread. Scores that a model does not have throw an exception.
 */
class ModelScorer {
    final Kind kind;
    final Networks networks;
    final float[] parameters;
    final ScoringOptions options;
    final int maxRows;
    final FloatProducts products = new FloatProducts();
    final Decoder.Worker decoder;
    private final Batch batch;
    private Layer.Worker discriminator;
    private final FMatrixRMaj row = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj encoded = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj means = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj decoded = new FMatrixRMaj(0, 0);

    /**
     * Creates a scorer with buffers for some rows.
     *
     * @param parameters parameters of all networks. Kept, not modified.
     * @param maxRows largest number of rows of a batch
     */
    ModelScorer(Kind kind, Networks networks, float[] parameters, ScoringOptions options, int maxRows) {
        this.kind = kind;
        this.networks = networks;
        this.parameters = parameters;
        this.options = options;
        this.maxRows = maxRows;
        this.batch = new Batch(maxRows, networks.inputs());
        this.decoder = networks.conditional().worker(maxRows, products);
    }

    /** Creates a scorer of the codes of a model. */
    static ModelScorer of(Kind kind, Networks networks, float[] parameters, ScoringOptions options, int maxRows) {
        return switch (kind.posterior()) {
            case NONE -> new ModelScorer(kind, networks, parameters, options, maxRows);
            case DETERMINISTIC -> new DeterministicScorer(kind, networks, parameters, options, maxRows);
            case GAUSSIAN, GAUSSIAN_MIXTURE -> new PosteriorScorer(kind, networks, parameters, options, maxRows);
        };
    }

    /**
     * Returns a random stream for each row, which follows from the seed and the row's content. The array is a buffer.
     */
    final RandomGenerator[] streams(FMatrixRMaj rows, Purpose purpose) {
        batch.evaluate(parameters, rows, options.seed());
        return batch.streams(purpose);
    }

    /** Returns whether rows are those of the call before, so that they are encoded; else remembers them. */
    final boolean areEncoded(FMatrixRMaj rows) {
        int length = rows.getNumElements();
        boolean same = Arrays.equals(rows.data, 0, length, encoded.data, 0, encoded.getNumElements());
        if (!same) {
            encoded.setTo(rows);
        }
        return same;
    }

    /** Computes the codes of rows, n × l, and their variances unless that is null. */
    void encode(FMatrixRMaj rows, FMatrixRMaj mean, FMatrixRMaj variance) {
        throw unsupported("the code of a row", "a network with an encoder");
    }

    /** Computes Σ_k α_k E[x | z = μ_k]: the mean of the components' μ_k may be far from all codes. */
    final void reconstruct(FMatrixRMaj rows, FMatrixRMaj mean) {
        int width = networks.inputs();
        mean.reshape(rows.numRows, width);
        mean.zero();
        decode(rows, (from, n, weights) -> {
            decoded.reshape(n, width);
            decoder.mean(parameters, decoded);
            for (int at = 0; at < n * width; at++) {
                mean.data[from * width + at] += (float) (weights[at / width] * decoded.data[at]);
            }
        });
    }

    /** Draws a code of each row from q(z|x). {@code codes}: n × l on return. */
    void draw(FMatrixRMaj rows, FMatrixRMaj codes) {
        throw unsupported("a draw of a code", "a variational network");
    }

    /**
     * Decodes the codes of rows: the mean of q(z|x), or of each of its components. The decoder then has the outputs of
     * the rows that the action is called with.
     *
     * @param rows n × d. Not modified.
     */
    void decode(FMatrixRMaj rows, DecodedRows action) {
        encode(rows, means, null);
        decoder.decode(parameters, means, rows);
        double[] whole = new double[rows.numRows];
        Arrays.fill(whole, 1);
        action.accept(0, rows.numRows, whole);
    }

    /** An action on some rows whose codes have just been decoded. */
    interface DecodedRows {
        /**
         * Is called once for each component of q(z|x).
         *
         * @param from first of the rows
         * @param count number of the rows
         * @param weights weight of the component in each row, count numbers. Not to be modified.
         */
        void accept(int from, int count, double[] weights);
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
    final void draw(FMatrixRMaj codes, FMatrixRMaj rows, boolean noisy, FMatrixRMaj drawn) {
        RandomGenerator[] random = streams(rows, Purpose.DECODED);
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

    /**
     * Computes the two parts of −ELBO of each row, or of the model's other score, in nats: −log D(x) and 0 if there is
     * no encoder.
     */
    void measure(FMatrixRMaj rows, FMatrixRMaj target, double[] reconstruction, double[] divergence) {
        unlikeliness(target, reconstruction);
        Arrays.fill(divergence, 0, rows.numRows, 0);
    }

    /** Computes −log D(x) = log(1 + e^−a), where D(x) = σ(a) is the probability that a row is real. */
    final void unlikeliness(FMatrixRMaj rows, double[] values) {
        if (discriminator == null) {
            discriminator = networks.auxiliary().worker(maxRows, networks.auxiliaryOffset(), products);
        }
        FMatrixRMaj logits = discriminator.forward(parameters, rows);
        for (int i = 0; i < rows.numRows; i++) {
            double a = logits.data[i];
            values[i] = Math.max(-a, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(a)));
        }
    }

    /** Computes log p(x), and the means of imputed rows unless that is null. */
    void logLikelihood(FMatrixRMaj rows, FMatrixRMaj target, int draws, FMatrixRMaj mean, double[] logLikelihood) {
        throw unsupported(mean == null ? "the log-likelihood of a row" : "the imputed row", "a variational network");
    }

    void responsibilities(FMatrixRMaj rows, FMatrixRMaj responsibilities) {
        throw unsupported("the component of a row", "a network with a mixture of codes");
    }

    final IllegalArgumentException unsupported(String what, String owner) {
        return new IllegalArgumentException("%s is of %s, found %s".formatted(what, owner, kind.withArticle()));
    }

    /** Scores rows by an encoder whose output is the code. */
    private static final class DeterministicScorer extends ModelScorer {
        private final Layer.Worker encoder;
        private FMatrixRMaj codes;

        DeterministicScorer(Kind kind, Networks networks, float[] parameters, ScoringOptions options, int maxRows) {
            super(kind, networks, parameters, options, maxRows);
            this.encoder = networks.encoder().worker(maxRows, 0, products);
        }

        @Override
        void encode(FMatrixRMaj rows, FMatrixRMaj mean, FMatrixRMaj variance) {
            if (variance != null) {
                throw unsupported("the variance of a code", "a variational network");
            }
            mean.setTo(codes(rows));
        }

        private FMatrixRMaj codes(FMatrixRMaj rows) {
            codes = areEncoded(rows) ? codes : encoder.forward(parameters, rows);
            return codes;
        }

        /** Computes −log p(x | code), and 0. */
        @Override
        void measure(FMatrixRMaj rows, FMatrixRMaj target, double[] reconstruction, double[] divergence) {
            decoder.decode(parameters, codes(target), target);
            decoder.density(parameters, target, reconstruction);
            for (int i = 0; i < rows.numRows; i++) {
                reconstruction[i] = -reconstruction[i];
            }
            Arrays.fill(divergence, 0, rows.numRows, 0);
        }
    }
}
