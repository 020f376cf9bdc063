package io.github.sparklatent.bench.data;

import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/** Principal component analysis. */
public final class PrincipalComponents {
    private PrincipalComponents() {}

    /**
     * Returns the projection of tables onto the largest components of rows.
     *
     * @param rows n × d. Not modified.
     */
    public static UnaryOperator<FMatrixRMaj> projection(FMatrixRMaj rows, int components) {
        DMatrixRMaj values = Matrices.doubles(rows);
        centre(values);
        DMatrixRMaj scatter = new DMatrixRMaj(values.numCols, values.numCols);
        CommonOps_DDRM.multInner(values, scatter);
        EigenDecomposition_F64<DMatrixRMaj> eigen =
                DecompositionFactory_DDRM.eig(scatter.numRows, true, true);
        eigen.decompose(scatter);
        DMatrixRMaj axes = new DMatrixRMaj(scatter.numRows, components);
        List<Integer> largest =
                IntStream.range(0, scatter.numRows)
                        .boxed()
                        .sorted(Comparator.comparingDouble(k -> -eigen.getEigenvalue(k).getReal()))
                        .limit(components)
                        .toList();
        for (int k = 0; k < components; k++) {
            CommonOps_DDRM.insert(eigen.getEigenVector(largest.get(k)), axes, 0, k);
        }
        return table -> {
            DMatrixRMaj projected = new DMatrixRMaj(table.numRows, components);
            CommonOps_DDRM.mult(Matrices.doubles(table), axes, projected);
            return Matrices.floats(projected);
        };
    }

    private static void centre(DMatrixRMaj rows) {
        DMatrixRMaj sums = CommonOps_DDRM.sumCols(rows, null);
        for (int i = 0; i < rows.numRows; i++) {
            for (int j = 0; j < rows.numCols; j++) {
                rows.add(i, j, -sums.get(j) / rows.numRows);
            }
        }
    }

    /**
     * Returns the squared distance of each row from the subspace of the largest components, by the
     * singular values of the centred rows.
     *
     * @param table n × d. Not modified.
     * @param components fewer than d
     */
    public static double[] distances(FMatrixRMaj table, int components) {
        DMatrixRMaj rows = Matrices.doubles(table);
        centre(rows);
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
