package io.github.sparklatent.bench.networks;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/** Principal components analysis by the singular values of the centred rows. */
final class PrincipalComponents {
    private PrincipalComponents() {}

    /**
     * Squared distance of each row from the subspace of the largest components.
     *
     * @param rows n × d. Centred on return.
     * @param components of the subspace, fewer than d
     */
    static double[] distances(DMatrixRMaj rows, int components) {
        DMatrixRMaj sums = CommonOps_DDRM.sumCols(rows, null);
        for (int i = 0; i < rows.numRows; i++) {
            for (int j = 0; j < rows.numCols; j++) {
                rows.add(i, j, -sums.get(j) / rows.numRows);
            }
        }
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(rows.numRows, rows.numCols, true, false, true);
        svd.decompose(rows.copy());
        DMatrixRMaj left = svd.getU(null, false);
        double[] values = svd.getSingularValues();
        int[] small =
                IntStream.range(0, svd.numberOfSingularValues())
                        .boxed()
                        .sorted(Comparator.comparingDouble(k -> -values[k]))
                        .skip(components)
                        .mapToInt(k -> k)
                        .toArray();
        double[] distances = new double[rows.numRows];
        for (int i = 0; i < rows.numRows; i++) {
            for (int k : small) {
                double part = left.get(i, k) * values[k];
                distances[i] += part * part;
            }
        }
        return distances;
    }
}
