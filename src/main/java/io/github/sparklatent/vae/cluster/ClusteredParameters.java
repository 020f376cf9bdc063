package io.github.sparklatent.vae.cluster;

import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.linalg.Cholesky;
import io.github.sparklatent.linalg.SymmetricEigen;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.nn.Parameter;
import io.github.sparklatent.vae.cluster.ClusteredParameters.LatentTransform;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.MixturePrior;
import io.github.sparklatent.vae.model.Networks;
import io.github.sparklatent.vae.model.PriorCovariance;
import io.github.sparklatent.vae.objective.ClusteringOptions;
import java.util.Arrays;
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
    /**
     * Standard deviation of the log-variance head's weights, and of those that are added to the logits and means of a
     * mixture posterior: small, so rows hardly differ.
     */
    private static final double SPREAD = 1e-3;

    private static final float LOG_VARIANCE = -2f;

    /** The weight of an empty component. */
    private static final double MIN_WEIGHT = 1e-8;

    /** Index of the random stream of the log-variance head, after the streams of the networks' weights. */
    private static final int HEAD = 4;

    /** Index of the random stream of the weights of a mixture posterior. */
    private static final int HEADS = 5;

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

    /**
     * Returns the start of a clustering VAE with a classifier from found clusters: networks and components of this
     * class. The codes are whitened for this model, so their pooled covariance within the clusters is I. The classifier
     * is untrained.
     *
     * <p>The published forms of this model start from drawn parameters, with all means near zero, and follow the bound
     * alone. On the digits that ended at an accuracy of 38.1% with unused classes (five seeds; k-means of the rows has
     * 71.5%). From this start, with the mutual information, it is 89.1%. The published training is the clustering stage
     * alone, with {@link ClusteringOptions#information} 0.
     *
     * @param embedding parameters of variational deep embedding with whitened codes. Not modified.
     * @param seed seed of the classifier
     */
    static float[] classifierStart(Architecture architecture, float[] embedding, long seed) {
        Networks from = architecture.networks(Kind.EMBEDDING);
        Networks to = architecture.networks(Kind.CLASSIFYING);
        MixturePrior prior = from.prior();
        float[] start = to.initialize(seed);
        System.arraycopy(embedding, 0, start, 0, to.priorOffset()); // both have these networks
        System.arraycopy(
                embedding,
                from.priorOffset() + prior.means(),
                start,
                to.priorOffset(),
                to.auxiliaryOffset() - to.priorOffset());
        return start;
    }

    /**
     * Returns the start of a mixture-of-Gaussians VAE from found clusters: networks and prior of this class. All
     * components of a row's posterior are at the row's code, with nearly equal weights; training separates them where
     * that raises the bound.
     *
     * @param embedding parameters of variational deep embedding. Not modified.
     * @param seed seed of the heads, and of the discriminator if there is one
     */
    static float[] mixtureStart(Architecture architecture, float[] embedding, long seed) {
        Networks from = architecture.networks(Kind.EMBEDDING);
        Networks to = architecture.networks(Kind.MIXTURE);
        int components = architecture.components();
        float[] start = to.initialize(seed);
        List<Parameter> layers = from.encoder().parameters();
        Parameter weights = layers.get(layers.size() - 2);
        Parameter biases = layers.get(layers.size() - 1);
        System.arraycopy(embedding, 0, start, 0, weights.offset());
        RandomGenerator random = RandomStreams.of(seed, Purpose.WEIGHTS, HEADS);
        int l = to.latent();
        int width = components + (components + 1) * l;
        int moved = weights.offset() + weights.rows() * width;
        for (int i = 0; i < weights.rows(); i++) {
            float[] old =
                    Arrays.copyOfRange(embedding, weights.offset() + 2 * i * l, weights.offset() + 2 * (i + 1) * l);
            heads(old, components, start, weights.offset() + i * width, random);
        }
        heads(Arrays.copyOfRange(embedding, biases.offset(), biases.offset() + 2 * l), components, start, moved, null);
        int length = from.auxiliaryOffset() - from.decoderOffset();
        System.arraycopy(embedding, from.decoderOffset(), start, to.decoderOffset(), length);
        return start;
    }

    /**
     * Writes one row of the heads' weights, or their biases.
     *
     * @param old the same row of the embedding's two heads
     * @param random random stream; null if nothing is drawn
     */
    private static void heads(float[] old, int components, float[] start, int at, RandomGenerator random) {
        int l = old.length / 2;
        for (int k = 0; k < components; k++) {
            start[at + k] = spread(random);
            for (int j = 0; j < l; j++) {
                start[at + components + k * l + j] = old[j] + spread(random);
            }
        }
        System.arraycopy(old, l, start, at + components + components * l, l);
    }

    private static float spread(RandomGenerator random) {
        return random == null ? 0f : (float) (SPREAD * random.nextGaussian());
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
