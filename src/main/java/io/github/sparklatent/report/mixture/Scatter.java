package io.github.sparklatent.report.mixture;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.report.chart.Projection;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * The components and a sample of rows in the plane.
 *
 * @param points m x 2. A sample of rows in the plane ({@link Projection}). Not modified.
 * @param components m. The component of each row of the sample. Not modified.
 * @param means K x 2. The components' means in the plane. Not modified.
 * @param covariances K matrices 2 x 2, the components' covariances in the plane; empty: not drawn
 * @param rows number of rows that the sample was drawn from
 */
public record Scatter(
        DMatrixRMaj points, int[] components, DMatrixRMaj means, List<DMatrixRMaj> covariances, long rows) {
    public Scatter {
        covariances = List.copyOf(covariances);
        Require.size("scatter.components", components.length, points.numRows);
        Require.size("columns of scatter.points", points.numCols, 2);
        Require.size("columns of scatter.means", means.numCols, 2);
        if (!covariances.isEmpty()) {
            Require.size("scatter.covariances", covariances.size(), means.numRows);
        }
    }
}
