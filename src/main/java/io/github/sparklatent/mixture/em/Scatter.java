package io.github.sparklatent.mixture.em;

import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.Monomials;
import io.github.sparklatent.linalg.Products;
import io.github.sparklatent.linalg.RowMoments;
import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.mixture.gaussian.Centres;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import org.ejml.data.DMatrixRMaj;

/**
 * Sums sizes, sums and scatter of the components (Bishop 2006, eq. 9.24 to 9.27, centred). An object holds buffers and
 * is used by one thread.
 */
interface Scatter {
    /**
     * Adds a block.
     *
     * @param x the block's rows, n × d. Not modified.
     * @param responsibilities responsibilities times row weights, k × n. Not modified.
     */
    void add(Block x, DMatrixRMaj responsibilities);

    /**
     * Writes sizes, sums and scatter.
     *
     * @param statistics sufficient statistics in the layout of {@link StatisticsLayout}. Modified after its first three
     *     entries.
     */
    void write(double[] statistics);

    /** Creates the sums for a form of covariances. */
    static Scatter of(StatisticsLayout layout, Centres centres) {
        int[] near = centres.components(true);
        int[] far = centres.components(false);
        return switch (layout.type()) {
            case FULL ->
                both(
                        near.length == 0 ? null : new MonomialScatter(layout, centres, near),
                        far.length == 0 ? null : new CentredScatter(layout, centres, far));
            case TIED ->
                far.length == 0
                        ? new TiedScatter(layout, centres)
                        : new CentredScatter(layout, centres, centres.components());
            case DIAGONAL, SPHERICAL ->
                both(
                        near.length == 0 ? null : new MonomialScatter(layout, centres, near),
                        far.length == 0 ? null : new CentredDiagonalScatter(layout, centres, far));
            case FACTOR, PPCA ->
                throw new IllegalArgumentException("the sums of factored covariances need the loadings");
        };
    }

    private static Scatter both(Scatter near, Scatter far) {
        if (near == null || far == null) {
            return near == null ? far : near;
        }
        return new Both(near, far);
    }

    /** Two sums over disjoint sets of components. */
    record Both(Scatter first, Scatter second) implements Scatter {
        @Override
        public void add(Block block, DMatrixRMaj responsibilities) {
            first.add(block, responsibilities);
            second.add(block, responsibilities);
        }

        @Override
        public void write(double[] statistics) {
            first.write(statistics);
            second.write(statistics);
        }
    }

    /** Adds Σ_n r_nk to the entry k after a given one. */
    static void addSizes(DMatrixRMaj responsibilities, double[] sums, int from) {
        int n = responsibilities.numCols;
        for (int k = 0; k < responsibilities.numRows; k++) {
            for (int i = k * n; i < (k + 1) * n; i++) {
                sums[from + k] += responsibilities.data[i];
            }
        }
    }

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
    static final class TiedScatter implements Scatter {
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
            Scatter.addSizes(responsibilities, sizes, 0);
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
                        cross += shift.data[k * d + i] * half.data[k * d + j]
                                + half.data[k * d + i] * shift.data[k * d + j];
                    }
                    scatter.data[i * d + j] -= cross;
                }
            }
            System.arraycopy(sizes, 0, statistics, StatisticsLayout.SIZES, sizes.length);
            layout.packTriangle(scatter, 0, statistics);
        }
    }

    /**
     * Scatter matrices around the centre of each component, by one symmetric product per component. A tied covariance
     * uses their sum.
     */
    static final class CentredScatter implements Scatter {
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
                scatter[k] = layout.scatterMatrices() <= k ? scatter[0] : new DMatrixRMaj(d, d);
            }
        }

        @Override
        public void add(Block block, DMatrixRMaj responsibilities) {
            int d = layout.dimension();
            Scatter.addSizes(responsibilities, sizes, 0);
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
                layout.packTriangle(scatter[k], k, statistics);
            }
        }
    }

    /**
     * The diagonals of the scatter matrices around the centre of each component, for components whose distance from the
     * origin is large compared to their deviations.
     */
    static final class CentredDiagonalScatter implements Scatter {
        private final StatisticsLayout layout;
        private final int[] components;
        private final DMatrixRMaj means;
        private final double[] sizes;
        private final double[] sums;
        private final double[] squares;

        CentredDiagonalScatter(StatisticsLayout layout, Centres centres, int[] components) {
            this.layout = layout;
            this.components = components;
            this.means = centres.means();
            this.sizes = new double[layout.components()];
            this.sums = new double[layout.components() * layout.dimension()];
            this.squares = new double[sums.length];
        }

        @Override
        public void add(Block block, DMatrixRMaj responsibilities) {
            Scatter.addSizes(responsibilities, sizes, 0);
            int n = block.size();
            for (int k : components) {
                for (int i = 0; i < n; i++) {
                    double responsibility = responsibilities.data[k * n + i];
                    if (responsibility != 0) {
                        add(block.rows().data, i, k, responsibility);
                    }
                }
            }
        }

        private void add(double[] x, int row, int component, double responsibility) {
            int d = layout.dimension();
            int from = row * d;
            int at = component * d;
            for (int j = 0; j < d; j++) {
                double difference = x[from + j] - means.data[at + j];
                double weighted = responsibility * difference;
                sums[at + j] += weighted;
                squares[at + j] = Math.fma(weighted, difference, squares[at + j]);
            }
        }

        @Override
        public void write(double[] statistics) {
            int d = layout.dimension();
            for (int k : components) {
                statistics[StatisticsLayout.SIZES + k] = sizes[k];
                System.arraycopy(sums, k * d, statistics, layout.sums() + k * d, d);
                System.arraycopy(squares, k * d, statistics, layout.scatter(k), d);
            }
        }
    }

    /**
     * Sizes, sums and scatter of components near the common origin. The moments of the rows are summed for all
     * components at once and shifted to their centres at the end.
     *
     * <p>With y = x − origin, t_k = Σ_n r_nk y_n, T_k = Σ_n r_nk y_n y_nᵀ and δ_k = c_k − origin:
     *
     * <pre>
     *   s_k = t_k − N_k δ_k,     S_k = T_k − δ_k s_kᵀ − t_k δ_kᵀ
     * </pre>
     */
    static final class MonomialScatter implements Scatter {
        private final StatisticsLayout layout;
        private final Centres centres;
        private final int[] components;
        private final RowMoments moments;
        private final boolean full;

        /**
         * Centred sums of the blocks with a row that is so far from the origin that a monomial might overflow; null if
         * there are no such blocks.
         */
        private Scatter exact;

        MonomialScatter(StatisticsLayout layout, Centres centres, int[] components) {
            int d = layout.dimension();
            this.layout = layout;
            this.centres = centres;
            this.components = components;
            this.full = layout.type() == CovarianceType.FULL;
            this.moments = (full ? Monomials.quadratic(d) : Monomials.squares(d)).moments(components.length);
        }

        @Override
        public void add(Block block, DMatrixRMaj responsibilities) {
            if (moments.add(block.rows(), centres.origin(), responsibilities, components)) {
                return;
            }
            if (exact == null) {
                exact = full
                        ? new CentredScatter(layout, centres, components)
                        : new CentredDiagonalScatter(layout, centres, components);
            }
            exact.add(block, responsibilities);
        }

        @Override
        public void write(double[] statistics) {
            shift(statistics);
            if (exact != null) {
                double[] added = new double[statistics.length];
                exact.write(added);
                for (int i = 0; i < added.length; i++) {
                    statistics[i] += added[i];
                }
            }
        }

        private void shift(double[] statistics) {
            int d = layout.dimension();
            for (int c = 0; c < components.length; c++) {
                int k = components[c];
                double size = moments.sum(c, 0);
                statistics[StatisticsLayout.SIZES + k] = size;
                int sums = layout.sums() + k * d;
                for (int j = 0; j < d; j++) {
                    statistics[sums + j] = moments.sum(c, 1 + j) - size * centres.shift(k, j);
                }
                int to = layout.scatter(k);
                for (int i = 0, m = 1 + d; i < d; i++) {
                    for (int j = i; j < (full ? d : i + 1); j++, m++) {
                        statistics[to++] = moments.sum(c, m)
                                - centres.shift(k, i) * statistics[sums + j]
                                - moments.sum(c, 1 + i) * centres.shift(k, j);
                    }
                }
            }
        }
    }
}
