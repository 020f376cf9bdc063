package io.github.sparklatent.gmm.initialization;

import io.github.sparklatent.gmm.model.Responsibilities;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Responsibilities in which a hyperplane divides the rows of one component. The rows with v · (x −
 * c) above 0 go to a new last component.
 *
 * @param parts responsibilities before the split
 * @param component the component that is split
 * @param origin c, d numbers. Not to be modified.
 * @param direction v, d numbers. Not to be modified.
 */
record SplitResponsibilities(
        Responsibilities parts, int component, double[] origin, double[] direction)
        implements Responsibilities {
    @Override
    public int components() {
        return parts.components() + 1;
    }

    @Override
    public Assigner assigner() {
        Assigner assigner = parts.assigner();
        DMatrixRMaj each = new DMatrixRMaj(0, 0);
        return (block, responsibilities, logLikelihoods) -> {
            assigner.assign(block, each, logLikelihoods);
            int n = block.size();
            int last = parts.components() * n;
            responsibilities.reshape(components(), n);
            System.arraycopy(each.data, 0, responsibilities.data, 0, last);
            Arrays.fill(responsibilities.data, last, last + n, 0);
            for (int i = 0; i < n; i++) {
                if (side(block.rows(), i) > 0) {
                    int at = component * n + i;
                    responsibilities.data[last + i] = responsibilities.data[at];
                    responsibilities.data[at] = 0;
                }
            }
        };
    }

    private double side(DMatrixRMaj rows, int row) {
        double sum = 0;
        for (int j = 0; j < origin.length; j++) {
            sum += direction[j] * (rows.data[row * origin.length + j] - origin[j]);
        }
        return sum;
    }
}
