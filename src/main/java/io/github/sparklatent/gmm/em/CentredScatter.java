package io.github.sparklatent.gmm.em;

import io.github.sparklatent.gmm.model.Centres;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.Products;
import io.github.sparklatent.linalg.Rows;
import org.ejml.data.DMatrixRMaj;

/**
 * Scatter matrices around the centre of each component, by one symmetric product per component. A tied covariance uses
 * their sum.
 */
final class CentredScatter implements Scatter {
    private final StatisticsLayout layout;
    private final Centres centres;
    private final int[] components;
    private final double[] sizes;
    private final DMatrixRMaj sums;

    /** One matrix per component; the same matrix for all of them if they are tied. */
    private final DMatrixRMaj[] scatter;

    private final DMatrixRMaj ones = new DMatrixRMaj(0, 0);
    private final Products products = new Products();
    private final DMatrixRMaj centred = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj weighted = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj sum;

    /**
     * Creates the sums of some components.
     *
     * @param components components whose statistics are summed; all if they are tied. Not modified.
     */
    CentredScatter(StatisticsLayout layout, Centres centres, int[] components) {
        int d = layout.dimension();
        this.layout = layout;
        this.centres = centres;
        this.components = components;
        this.sizes = new double[layout.components()];
        this.sums = new DMatrixRMaj(layout.components(), d);
        this.sum = new DMatrixRMaj(1, d);
        this.scatter = new DMatrixRMaj[layout.components()];
        for (int k : components) {
            scatter[k] = isTied() && k > 0 ? scatter[0] : new DMatrixRMaj(d, d);
        }
    }

    private boolean isTied() {
        return layout.type() == CovarianceType.TIED;
    }

    @Override
    public void add(Block block, DMatrixRMaj responsibilities) {
        int d = layout.dimension();
        Scatter.addSizes(responsibilities, sizes);
        ones.reshape(block.size(), 1);
        ones.fill(1);
        for (int k : components) {
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
            products.addGram(centred, weighted, scatter[k]);
        }
    }

    private static boolean vanishes(DMatrixRMaj responsibilities, int component) {
        int n = responsibilities.numCols;
        for (int i = component * n; i < (component + 1) * n; i++) {
            if (responsibilities.data[i] != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void write(double[] statistics) {
        int d = layout.dimension();
        for (int k : components) {
            statistics[StatisticsLayout.SIZES + k] = sizes[k];
            System.arraycopy(sums.data, k * d, statistics, layout.sums() + k * d, d);
            layout.packTriangle(scatter[k], isTied() ? 0 : k, statistics);
        }
    }
}
