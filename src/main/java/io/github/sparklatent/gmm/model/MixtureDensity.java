package io.github.sparklatent.gmm.model;

import io.github.sparklatent.linalg.Block;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/** Computes densities and responsibilities of blocks of rows under a Gaussian mixture. */
public final class MixtureDensity extends MixtureScores {
    private final BlockDensities densities;

    public MixtureDensity(MixtureFactors factors) {
        this.densities = factors.densities();
    }

    @Override
    protected void joint(Block rows, DMatrixRMaj out) {
        densities.apply(rows, out);
    }

    @Override
    protected void impute(Block rows, DMatrixRMaj shares, DMatrixRMaj out) {
        densities.impute(rows, shares, out);
    }

    /**
     * Returns a row in which each missing value is replaced by its mean given the others.
     *
     * @param row d numbers, NaN where a value is missing. Not modified.
     * @return the row itself if no value is missing
     */
    public double[] imputed(double[] row) {
        if (Arrays.stream(row).noneMatch(Double::isNaN)) {
            return row;
        }
        DMatrixRMaj imputed = new DMatrixRMaj(0, 0);
        evaluate(DMatrixRMaj.wrap(1, row.length, row));
        impute(imputed);
        return imputed.data;
    }

    @Override
    public double[] cumulants(int row) {
        DMatrixRMaj rows = block().rows();
        IntStream columns = IntStream.range(0, rows.numCols).filter(j -> row < 0 || !Double.isNaN(rows.get(row, j)));
        double[] cumulants = new double[3 * responsibilities().numCols];
        densities.addCumulants(row, (int) columns.count(), cumulants);
        return cumulants;
    }

    /** Returns the densities of the components. */
    public BlockDensities densities() {
        return densities;
    }
}
