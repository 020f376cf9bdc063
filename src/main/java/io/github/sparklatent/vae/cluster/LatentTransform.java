package io.github.sparklatent.vae.cluster;

import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.linalg.Cholesky;
import io.github.sparklatent.linalg.SymmetricEigen;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

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
     * Returns the transform after which the pooled covariance within the components is I and the covariance B between
     * their means is diagonal. With Σ_k π_k Σ_k = L Lᵀ, U = L⁻ᵀ and V the eigenvectors of Uᵀ B U, A = U V and A⁻¹ = Vᵀ
     * Lᵀ. Diagonal components lose least there. These are Fisher's discriminants (Bishop 2006, section 4.1.6).
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
