package io.github.sparklatent.gmm;

import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.Products;
import io.github.sparklatent.linalg.Rows;
import org.ejml.data.DMatrixRMaj;

/**
 * Scatter matrices around each component's own centre: one symmetric product a component; a tied
 * covariance takes their sum.
 */
final class CentredScatter implements Scatter {
    private final StatisticsLayout layout;
    private final Centres centres;
    private final double[] sizes;
    private final DMatrixRMaj sums;
    private final DMatrixRMaj[] scatter;
    private final DMatrixRMaj ones = new DMatrixRMaj(0, 0);
    private final Products products = new Products();
    private final DMatrixRMaj centred = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj weighted = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj sum;

    CentredScatter(StatisticsLayout layout, Centres centres) {
        int d = layout.dimension();
        this.layout = layout;
        this.centres = centres;
        this.sizes = new double[layout.components()];
        this.sums = new DMatrixRMaj(layout.components(), d);
        this.sum = new DMatrixRMaj(1, d);
        this.scatter =
                new DMatrixRMaj[layout.type() == CovarianceType.TIED ? 1 : layout.components()];
        for (int i = 0; i < scatter.length; i++) {
            scatter[i] = new DMatrixRMaj(d, d);
        }
    }

    @Override
    public void add(Block block, DMatrixRMaj responsibilities) {
        int d = layout.dimension();
        Scatter.addSizes(responsibilities, sizes);
        ones.reshape(block.size(), 1);
        ones.fill(1);
        for (int k = 0; k < sizes.length; k++) {
            if (vanishes(responsibilities, k)) {
                continue;
            }
            Rows.subtract(block.rows(), centres.means(), k, centred);
            Rows.scale(centred, responsibilities, k, weighted);
            sum.zero();
            products.addTransposed(ones, weighted, sum);
            for (int j = 0; j < d; j++) {
                sums.data[k * d + j] += sum.data[j];
            }
            products.addGram(centred, weighted, scatter[scatter.length == 1 ? 0 : k]);
        }
    }

    private static boolean vanishes(DMatrixRMaj responsibilities, int component) {
        for (int i = component;
                i < responsibilities.getNumElements();
                i += responsibilities.numCols) {
            if (responsibilities.data[i] != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void write(double[] statistics) {
        System.arraycopy(sizes, 0, statistics, StatisticsLayout.SIZES, sizes.length);
        System.arraycopy(sums.data, 0, statistics, layout.sums(), sums.getNumElements());
        for (int i = 0; i < scatter.length; i++) {
            layout.packTriangle(scatter[i], i, statistics);
        }
    }
}
