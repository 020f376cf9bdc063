package io.github.sparklatent.mixture.em;

import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.Products;
import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.linear.LinearSums;
import io.github.sparklatent.mixture.gaussian.BlockDensities;
import io.github.sparklatent.mixture.gaussian.Centres;
import io.github.sparklatent.mixture.gaussian.ConditionalRows;
import io.github.sparklatent.mixture.gaussian.MixtureFactors;
import org.ejml.data.DMatrixRMaj;

/**
 * Sizes, sums and scatter of the components over complete and incomplete rows. An object holds buffers and is used by
 * one thread.
 */
final class ComponentSums {
    private final StatisticsLayout layout;
    private final MixtureFactors factors;
    private final BlockDensities densities;
    private final Scatter scatter;

    /** Sums of the blocks with missing values; null until the first of them. */
    private IncompleteScatter incomplete;

    /**
     * Creates the sums.
     *
     * @param factors mixture under which missing values are completed; null if all rows are complete and covariances
     *     are not factored
     * @param densities densities under it, with which the E-step has evaluated the incomplete rows; null if it is null
     */
    ComponentSums(StatisticsLayout layout, Centres centres, MixtureFactors factors, BlockDensities densities) {
        this.layout = layout;
        this.factors = factors;
        this.densities = densities;
        this.scatter =
                layout.type().isFactored() ? new FactoredScatter(layout, densities) : Scatter.of(layout, centres);
    }

    /**
     * Adds a block.
     *
     * @param block n rows. Not modified.
     * @param responsibilities responsibilities times row weights, k × n. Not modified.
     */
    public void add(Block block, DMatrixRMaj responsibilities) {
        if (block.isComplete() || layout.type().isFactored()) {
            scatter.add(block, responsibilities);
            return;
        }
        if (incomplete == null) {
            incomplete = new IncompleteScatter(layout, factors, densities.conditionalRows(), scatter);
        }
        incomplete.add(block, responsibilities);
    }

    /** Writes the sums to the vector after its first three entries. */
    public void write(double[] statistics) {
        scatter.write(statistics);
        if (incomplete != null) {
            incomplete.write(statistics);
        }
    }

    /**
     * Sizes of the components and the sums of their factor models, of complete and incomplete rows (Ghahramani and
     * Hinton 1996, section 2.2). A row counts in a component with its responsibility as the weight.
     */
    private static final class FactoredScatter implements Scatter {
        private final StatisticsLayout layout;
        private final double[] sizes;
        private final LinearSums[] sums;

        FactoredScatter(StatisticsLayout layout, BlockDensities densities) {
            densities.keepPosteriors();
            this.layout = layout;
            this.sizes = new double[layout.components()];
            this.sums = new LinearSums[layout.components()];
            for (int k = 0; k < sums.length; k++) {
                sums[k] = new LinearSums(densities.posterior(k), k == 0 ? null : sums[0]);
            }
        }

        @Override
        public void add(Block x, DMatrixRMaj responsibilities) {
            Scatter.addSizes(responsibilities, sizes, 0);
            for (int k = 0; k < sums.length; k++) {
                sums[k].add(x, responsibilities.data, k * responsibilities.numCols);
            }
        }

        @Override
        public void write(double[] statistics) {
            System.arraycopy(sizes, 0, statistics, StatisticsLayout.SIZES, sizes.length);
            for (int k = 0; k < sums.length; k++) {
                sums[k].write(statistics, layout.scatter(k));
            }
        }
    }

    /**
     * Sizes, sums and scatter of rows of which some are incomplete. With x̂_nk the row in which missing values are
     * replaced by their means given the observed values and component k, and with C_nk their covariance:
     *
     * <pre>
     *   s_k = Σ_n r_nk (x̂_nk − c_k),     S_k = Σ_n r_nk ((x̂_nk − c_k) (x̂_nk − c_k)ᵀ + C_nk)
     * </pre>
     *
     * Source: Ghahramani and Jordan 1994, section 3.2. Complete rows are summed by the scatter of complete blocks, so
     * the sums of a table without missing values keep their bits.
     */
    static final class IncompleteScatter implements Scatter {
        private final StatisticsLayout layout;
        private final Scatter complete;

        /** Components whose conditional rows are summed one by one. */
        private final int[] components;

        /** The other components; null if there are none. */
        private final ObservedScatter observed;

        private final ConditionalRows conditional;
        private final double[] sizes;
        private final DMatrixRMaj sums;
        private final DMatrixRMaj sum;

        /** One matrix per component; the same matrix for all of them if they are tied. */
        private final DMatrixRMaj[] scatter;

        private final Products products = new Products();
        private final DMatrixRMaj ones = new DMatrixRMaj(0, 0);
        private final DMatrixRMaj selected = new DMatrixRMaj(0, 0);
        private final DMatrixRMaj weighted = new DMatrixRMaj(0, 0);

        /**
         * Creates the sums.
         *
         * @param factors mixture under which missing values are completed; its means are the centres
         * @param conditional incomplete rows under this mixture, which the E-step has evaluated
         * @param complete receives the complete rows. Modified.
         */
        IncompleteScatter(
                StatisticsLayout layout, MixtureFactors factors, ConditionalRows conditional, Scatter complete) {
            int d = layout.dimension();
            this.layout = layout;
            this.complete = complete;
            this.conditional = conditional;
            Centres centres = factors.centres();
            this.components = isDense() ? centres.components() : centres.components(false);
            this.observed = components.length < layout.components() ? new ObservedScatter(layout, factors) : null;
            this.sizes = new double[layout.components()];
            this.sums = new DMatrixRMaj(layout.components(), d);
            this.sum = new DMatrixRMaj(1, d);
            this.scatter = new DMatrixRMaj[layout.components()];
            for (int k = 0; k < scatter.length; k++) {
                scatter[k] = layout.scatterMatrices() <= k ? scatter[0] : new DMatrixRMaj(isDense() ? d : 1, d);
            }
        }

        private boolean isDense() {
            return layout.type().isSquare();
        }

        @Override
        public void add(Block block, DMatrixRMaj responsibilities) {
            int[] completeRows = block.missing().completeRows();
            if (completeRows.length > 0) {
                select(responsibilities, completeRows);
                complete.add(block.select(completeRows), selected);
            }
            int[] rows = block.missing().incompleteRows();
            select(responsibilities, rows);
            Scatter.addSizes(selected, sizes, 0);
            ones.reshape(rows.length, 1);
            ones.fill(1);
            if (observed != null) {
                observed.add(block, selected);
            }
            for (int k : components) {
                conditional.evaluate(block, k, responsibilities, scatter[k]);
                add(k);
            }
        }

        private void select(DMatrixRMaj responsibilities, int[] rows) {
            selected.reshape(responsibilities.numRows, rows.length);
            for (int k = 0; k < responsibilities.numRows; k++) {
                for (int i = 0; i < rows.length; i++) {
                    selected.data[k * rows.length + i] = responsibilities.data[k * responsibilities.numCols + rows[i]];
                }
            }
        }

        private void add(int component) {
            int d = layout.dimension();
            DMatrixRMaj centred = conditional.centred();
            Rows.scale(centred, selected, component, weighted);
            sum.zero();
            products.addTransposed(ones, weighted, sum);
            for (int j = 0; j < d; j++) {
                sums.data[component * d + j] += sum.data[j];
            }
            if (isDense()) {
                products.addGram(centred, weighted, scatter[component]);
                return;
            }
            double[] squares = scatter[component].data;
            for (int from = 0; from < centred.getNumElements(); from += d) {
                for (int j = 0; j < d; j++) {
                    squares[j] = Math.fma(weighted.data[from + j], centred.data[from + j], squares[j]);
                }
            }
        }

        /** Adds the sums of the incomplete rows; the complete ones are not written. */
        @Override
        public void write(double[] statistics) {
            double[] added = new double[statistics.length];
            int d = layout.dimension();
            System.arraycopy(sizes, 0, added, StatisticsLayout.SIZES, sizes.length);
            System.arraycopy(sums.data, 0, added, layout.sums(), sums.getNumElements());
            for (int k = 0; k < layout.components(); k++) {
                if (isDense()) {
                    layout.packTriangle(scatter[k], k, added);
                } else {
                    System.arraycopy(scatter[k].data, 0, added, layout.scatter(k), d);
                }
            }
            if (observed != null) {
                observed.write(sizes, added);
            }
            for (int i = 0; i < added.length; i++) {
                statistics[i] += added[i];
            }
        }

        /**
         * Sums and scatter of the incomplete rows of diagonal components near the common origin. With y = x − origin,
         * δ_k = c_k − origin and o_nj = 1 if a value is observed and 0 if not, one matrix product computes
         *
         * <pre>
         *   O_kj = Σ_n r_nk o_nj,     t_kj = Σ_n r_nk o_nj y_nj,     T_kj = Σ_n r_nk o_nj y_nj²
         *   s_kj = t_kj − δ_kj O_kj
         *   S_kj = T_kj − 2 δ_kj t_kj + δ_kj² O_kj + σ²_kj (N_k − O_kj)
         * </pre>
         *
         * A missing value counts with the mean and the variance of the component.
         */
        private static final class ObservedScatter {
            private final StatisticsLayout layout;
            private final MixtureFactors factors;
            private final Products products = new Products();
            private final DMatrixRMaj powers = new DMatrixRMaj(0, 0);

            /** O, t and T side by side, k × 3 d. */
            private final DMatrixRMaj sums;

            ObservedScatter(StatisticsLayout layout, MixtureFactors factors) {
                this.layout = layout;
                this.factors = factors;
                this.sums = new DMatrixRMaj(layout.components(), 3 * layout.dimension());
            }

            /**
             * Adds the incomplete rows of a block.
             *
             * @param responsibilities r of the incomplete rows, k × m. Not modified.
             */
            void add(Block block, DMatrixRMaj responsibilities) {
                int[] rows = block.missing().incompleteRows();
                Rows.observedPowers(block.rows(), rows, factors.centres().origin(), powers);
                products.addProduct(responsibilities, powers, sums);
            }

            /**
             * Writes the sums and scatter of the near components.
             *
             * @param sizes N, k numbers. Not modified.
             */
            void write(double[] sizes, double[] statistics) {
                Centres centres = factors.centres();
                int d = layout.dimension();
                for (int k : centres.components(true)) {
                    for (int j = 0; j < d; j++) {
                        double observed = sums.get(k, j);
                        double first = sums.get(k, d + j);
                        double shift = centres.shift(k, j);
                        statistics[layout.sums() + k * d + j] = first - shift * observed;
                        statistics[layout.scatter(k) + j] = sums.get(k, 2 * d + j)
                                - 2 * shift * first
                                + shift * shift * observed
                                + factors.variance(k, j) * (sizes[k] - observed);
                    }
                }
            }
        }
    }
}
