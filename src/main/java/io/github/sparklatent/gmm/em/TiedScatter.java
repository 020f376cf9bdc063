package io.github.sparklatent.gmm.em;

import io.github.sparklatent.gmm.model.Centres;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.Products;
import io.github.sparklatent.linalg.Rows;
import org.ejml.data.DMatrixRMaj;

/**
 * The tied scatter, computed by one symmetric product around the common origin and shifted to the centres of the
 * components at the end.
 *
 * <p>With y = x − origin, T = Σ_n w_n y_n y_nᵀ, t_k = Σ_n r_nk y_n and δ_k = c_k − origin:
 *
 * <pre>
 *   s_k = t_k − N_k δ_k,     S = T − Σ_k (δ_k t_kᵀ + t_k δ_kᵀ − N_k δ_k δ_kᵀ)
 * </pre>
 */
final class TiedScatter implements Scatter {
    private final StatisticsLayout layout;
    private final Centres centres;
    private final double[] sizes;
    private final DMatrixRMaj sums;
    private final DMatrixRMaj total;
    private final DMatrixRMaj rowWeights = new DMatrixRMaj(0, 0);
    private final Products products = new Products();
    private final DMatrixRMaj centred = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj weighted = new DMatrixRMaj(0, 0);

    TiedScatter(StatisticsLayout layout, Centres centres) {
        this.layout = layout;
        this.centres = centres;
        this.sizes = new double[layout.components()];
        this.sums = new DMatrixRMaj(layout.components(), layout.dimension());
        this.total = new DMatrixRMaj(layout.dimension(), layout.dimension());
    }

    @Override
    public void add(Block block, DMatrixRMaj responsibilities) {
        Scatter.addSizes(responsibilities, sizes);
        rowWeights.reshape(1, block.size());
        for (int i = 0; i < block.size(); i++) {
            rowWeights.data[i] = isLeftOut(responsibilities, i) ? 0 : block.weight(i);
        }
        Rows.subtract(block.rows(), centres.origin(), 0, centred);
        products.addProduct(responsibilities, centred, sums);
        Rows.scale(centred, rowWeights, 0, weighted);
        products.addGram(centred, weighted, total);
    }

    /** Returns whether a row has no responsibilities, because a robust fit leaves it out. */
    private static boolean isLeftOut(DMatrixRMaj responsibilities, int row) {
        for (int k = 0; k < responsibilities.numRows; k++) {
            if (responsibilities.data[k * responsibilities.numCols + row] != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void write(double[] statistics) {
        int d = layout.dimension();
        DMatrixRMaj shift = new DMatrixRMaj(0, 0);
        Rows.subtract(centres.means(), centres.origin(), 0, shift);
        DMatrixRMaj half = shift.copy();
        for (int k = 0; k < sizes.length; k++) {
            for (int j = 0; j < d; j++) {
                half.data[k * d + j] = sums.data[k * d + j] - 0.5 * sizes[k] * shift.data[k * d + j];
                statistics[layout.sums() + k * d + j] = sums.data[k * d + j] - sizes[k] * shift.data[k * d + j];
            }
        }
        DMatrixRMaj scatter = total.copy();
        for (int i = 0; i < d; i++) {
            for (int j = i; j < d; j++) {
                double cross = 0;
                for (int k = 0; k < sizes.length; k++) {
                    cross +=
                            shift.data[k * d + i] * half.data[k * d + j] + half.data[k * d + i] * shift.data[k * d + j];
                }
                scatter.data[i * d + j] -= cross;
            }
        }
        System.arraycopy(sizes, 0, statistics, StatisticsLayout.SIZES, sizes.length);
        layout.packTriangle(scatter, 0, statistics);
    }
}
