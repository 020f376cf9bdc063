package io.github.sparklatent.vae.cluster;

import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.linalg.Cholesky;
import io.github.sparklatent.linalg.SymmetricEigen;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.nn.Parameter;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.MixturePrior;
import io.github.sparklatent.vae.model.Networks;
import io.github.sparklatent.vae.model.PriorCovariance;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Computes parameters of variational deep embedding from an autoencoder's parameters and a mixture of its codes, under
 * a transform z' = (z − c) A of the latent space. The last layer of the encoder absorbs the transform and the first
 * layer of the decoder its inverse, so the reconstructions do not change.
 *
 * <pre>
 *   μ' = h (W A) + (b − c) A,   decoder: A⁻¹ V,  b_V + c V
 *   m'_k = (m_k − c) A,   s'²_k = diag(Aᵀ Σ_k A)
 * </pre>
 */
final class ClusteredParameters {
    /** Standard deviation of the log-variance head's weights: small, so rows hardly differ. */
    private static final double SPREAD = 1e-3;

    private static final float LOG_VARIANCE = -2f;

    /** The weight of an empty component. */
    private static final double MIN_WEIGHT = 1e-8;

    /** Index of the random stream of the log-variance head, after the streams of the networks' weights. */
    private static final int HEAD = 4;

    private final Networks from;
    private final Networks to;
    private final LatentTransform transform;

    ClusteredParameters(Architecture architecture, LatentTransform transform) {
        this.from = architecture.networks(Kind.AUTOENCODER);
        this.to = architecture.networks(Kind.EMBEDDING);
        this.transform = transform;
    }

    /**
     * Returns the parameters.
     *
     * @param autoencoder parameters of the autoencoder. Not modified.
     * @param mixture mixture of the autoencoder's codes
     * @param seed seed of the log-variance head
     */
    float[] fold(float[] autoencoder, MixtureParameters mixture, long seed) {
        float[] embedding = new float[to.parameterCount()];
        List<Parameter> old = from.encoder().parameters();
        int hidden = old.get(old.size() - 2).offset();
        System.arraycopy(autoencoder, 0, embedding, 0, hidden);
        encoder(autoencoder, old, embedding, RandomStreams.of(seed, Purpose.WEIGHTS, HEAD));
        int length = from.parameterCount() - from.decoderOffset();
        System.arraycopy(autoencoder, from.decoderOffset(), embedding, to.decoderOffset(), length);
        decoder(autoencoder, embedding);
        prior(mixture, embedding);
        return embedding;
    }

    private void encoder(float[] autoencoder, List<Parameter> old, float[] embedding, RandomGenerator random) {
        int l = from.latent();
        DMatrixRMaj weights = matrix(autoencoder, old.get(old.size() - 2), 0);
        DMatrixRMaj bias = matrix(autoencoder, old.get(old.size() - 1), 0);
        DMatrixRMaj folded = CommonOps_DDRM.mult(weights, transform.basis(), null);
        CommonOps_DDRM.subtractEquals(bias, transform.centre());
        DMatrixRMaj moved = CommonOps_DDRM.mult(bias, transform.basis(), null);
        List<Parameter> heads = to.encoder().parameters();
        int at = heads.get(heads.size() - 2).offset();
        for (int i = 0; i < folded.numRows; i++) {
            for (int j = 0; j < l; j++) {
                embedding[at + 2 * i * l + j] = (float) folded.get(i, j);
                embedding[at + (2 * i + 1) * l + j] = (float) (SPREAD * random.nextGaussian());
            }
        }
        int biases = heads.get(heads.size() - 1).offset();
        for (int j = 0; j < l; j++) {
            embedding[biases + j] = (float) moved.get(0, j);
            embedding[biases + l + j] = LOG_VARIANCE;
        }
    }

    private void decoder(float[] autoencoder, float[] embedding) {
        List<Parameter> layer = from.decoder().parameters();
        DMatrixRMaj weights = matrix(autoencoder, layer.get(0), from.decoderOffset());
        weights.reshape(from.latent(), weights.numCols, true); // the rows after these read conditions
        DMatrixRMaj bias = matrix(autoencoder, layer.get(1), from.decoderOffset());
        DMatrixRMaj folded = CommonOps_DDRM.mult(transform.inverse(), weights, null);
        CommonOps_DDRM.multAdd(transform.centre(), weights, bias);
        put(folded, embedding, to.decoderOffset() + layer.get(0).offset());
        put(bias, embedding, to.decoderOffset() + layer.get(1).offset());
    }

    private void prior(MixtureParameters mixture, float[] embedding) {
        MixturePrior prior = to.prior();
        int at = to.priorOffset();
        int l = prior.latent();
        boolean tied = prior.covariance() == PriorCovariance.TIED;
        double[] pooled = new double[l];
        for (int k = 0; k < prior.components(); k++) {
            double weight = Math.max(MIN_WEIGHT, mixture.weight(k));
            embedding[at + prior.logits() + k] = (float) StrictMath.log(weight);
            DMatrixRMaj mean = CommonOps_DDRM.extractRow(mixture.means(), k, null);
            CommonOps_DDRM.subtractEquals(mean, transform.centre());
            put(CommonOps_DDRM.mult(mean, transform.basis(), null), embedding, at + prior.means() + k * l);
            DMatrixRMaj half = CommonOps_DDRM.mult(mixture.covariance(k), transform.basis(), null);
            for (int j = 0; j < l; j++) {
                double variance = 0;
                for (int i = 0; i < l; i++) {
                    variance += transform.basis().get(i, j) * half.get(i, j);
                }
                pooled[j] = tied ? pooled[j] + mixture.weight(k) * variance : variance;
                if (prior.covariance() != PriorCovariance.IDENTITY) {
                    int place = at + prior.logVariance(k, j);
                    embedding[place] = (float) StrictMath.log(pooled[j]);
                }
            }
        }
    }

    private static DMatrixRMaj matrix(float[] parameters, Parameter parameter, int offset) {
        DMatrixRMaj matrix = new DMatrixRMaj(parameter.rows(), parameter.columns());
        for (int i = 0; i < matrix.getNumElements(); i++) {
            matrix.data[i] = parameters[offset + parameter.offset() + i];
        }
        return matrix;
    }

    private static void put(DMatrixRMaj matrix, float[] parameters, int offset) {
        for (int i = 0; i < matrix.getNumElements(); i++) {
            parameters[offset + i] = (float) matrix.data[i];
        }
    }

    /**
     * An affine transform of the latent space: z' = (z − c) A.
     *
     * @param centre c, 1 × l
     * @param basis A, l × l
     * @param inverse A⁻¹
     */
    record LatentTransform(DMatrixRMaj centre, DMatrixRMaj basis, DMatrixRMaj inverse) {
        /** Returns z' = z. */
        static LatentTransform identity(int latent) {
            DMatrixRMaj same = CommonOps_DDRM.identity(latent);
            return new LatentTransform(new DMatrixRMaj(1, latent), same, same);
        }

        /**
         * Returns the transform after which the pooled covariance within the components is I and the covariance B
         * between their means is diagonal. With Σ_k π_k Σ_k = L Lᵀ, U = L⁻ᵀ and V the eigenvectors of Uᵀ B U, A = U V
         * and A⁻¹ = Vᵀ Lᵀ. Diagonal components lose least there. These are Fisher's discriminants (Bishop 2006, section
         * 4.1.6).
         */
        static LatentTransform whitening(MixtureParameters mixture) {
            int l = mixture.dimension();
            DMatrixRMaj within = new DMatrixRMaj(l, l);
            DMatrixRMaj between = new DMatrixRMaj(l, l);
            DMatrixRMaj centre = new DMatrixRMaj(1, l);
            for (int k = 0; k < mixture.components(); k++) {
                DMatrixRMaj mean = CommonOps_DDRM.extractRow(mixture.means(), k, null);
                CommonOps_DDRM.addEquals(centre, mixture.weight(k), mean);
                CommonOps_DDRM.addEquals(within, mixture.weight(k), mixture.covariance(k));
            }
            for (int k = 0; k < mixture.components(); k++) {
                DMatrixRMaj mean = CommonOps_DDRM.extractRow(mixture.means(), k, null);
                CommonOps_DDRM.subtractEquals(mean, centre);
                CommonOps_DDRM.multAddTransA(mixture.weight(k), mean, mean, between);
            }
            Cholesky factor = Cholesky.of(within)
                    .orElseThrow(() -> new DivergedException(
                            "the codes' covariance within the clusters is not" + " positive definite"));
            DMatrixRMaj white = factor.whitening();
            DMatrixRMaj half = CommonOps_DDRM.mult(between, white, null);
            DMatrixRMaj turned = CommonOps_DDRM.multTransA(white, half, null);
            DMatrixRMaj vectors = SymmetricEigen.of(turned)
                    .map(SymmetricEigen::vectors)
                    .orElseGet(() -> CommonOps_DDRM.identity(l)); // any rotation keeps the within-covariance at
            // I
            return new LatentTransform(
                    centre,
                    CommonOps_DDRM.mult(white, vectors, null),
                    CommonOps_DDRM.multTransAB(vectors, factor.lower(), null));
        }
    }
}
