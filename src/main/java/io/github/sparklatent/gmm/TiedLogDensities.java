package io.github.sparklatent.gmm;

import io.github.sparklatent.linalg.Products;
import io.github.sparklatent.linalg.Rows;
import org.ejml.data.DMatrixRMaj;

/** One whitening for all components; what follows is a mixture of unit variances. */
final class TiedLogDensities implements LogDensities {
    private final DMatrixRMaj origin;
    private final DMatrixRMaj whitening;
    private final LogDensities whitenedDensities;
    private final Products products = new Products();
    private final DMatrixRMaj centred = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj whitened = new DMatrixRMaj(0, 0);

    TiedLogDensities(DMatrixRMaj origin, DMatrixRMaj whitening, LogDensities whitenedDensities) {
        this.origin = origin;
        this.whitening = whitening;
        this.whitenedDensities = whitenedDensities;
    }

    @Override
    public void apply(DMatrixRMaj x, DMatrixRMaj out) {
        Rows.subtract(x, origin, 0, centred);
        products.multiplyUpper(centred, whitening, whitened);
        whitenedDensities.apply(whitened, out);
    }
}
