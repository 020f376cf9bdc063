package io.github.sparklatent.gmm;

import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.Products;
import io.github.sparklatent.linalg.Rows;
import org.ejml.data.DMatrixRMaj;

/**
 * The diagonals of all scatter matrices by two products around the common origin, shifted to the
 * components' centres at the end.
 *
 * <p>With y = x − origin, t_k = Σ_n r_nk y_n, T_k = Σ_n r_nk y_n² and δ_k = c_k − origin, column by
 * column:
 *
 * <pre>
 *   s_k = t_k − N_k δ_k,     S_k = T_k − 2 δ_k t_k + N_k δ_k²
 * </pre>
 */
final class DiagonalScatter implements Scatter {
    private final StatisticsLayout layout;
    private final Centres centres;
    private final double[] sizes;
    private final DMatrixRMaj sums;
    private final DMatrixRMaj squares;
    private final Products products = new Products();
    private final DMatrixRMaj centred = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj squared = new DMatrixRMaj(0, 0);

    DiagonalScatter(StatisticsLayout layout, Centres centres) {
        this.layout = layout;
        this.centres = centres;
        this.sizes = new double[layout.components()];
        this.sums = new DMatrixRMaj(layout.components(), layout.dimension());
        this.squares = new DMatrixRMaj(layout.components(), layout.dimension());
    }

    @Override
    public void add(Block block, DMatrixRMaj responsibilities) {
        Scatter.addSizes(responsibilities, sizes);
        Rows.subtract(block.rows(), centres.origin(), 0, centred);
        Rows.square(centred, squared);
        products.addTransposed(responsibilities, centred, sums);
        products.addTransposed(responsibilities, squared, squares);
    }

    @Override
    public void write(double[] statistics) {
        int d = layout.dimension();
        System.arraycopy(sizes, 0, statistics, StatisticsLayout.SIZES, sizes.length);
        for (int k = 0; k < sizes.length; k++) {
            for (int j = 0; j < d; j++) {
                int at = k * d + j;
                double shift = centres.means().data[at] - centres.origin().data[j];
                statistics[layout.sums() + at] = sums.data[at] - sizes[k] * shift;
                statistics[layout.scatter() + at] =
                        squares.data[at] - shift * (2 * sums.data[at] - sizes[k] * shift);
            }
        }
    }
}
