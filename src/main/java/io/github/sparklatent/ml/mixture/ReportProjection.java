package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.gmm.model.MixtureDensity;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.learn.em.SelectedRow;
import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.report.chart.Projection;
import io.github.sparklatent.report.mixture.Scatter;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Projects a sample of rows and the components onto the plane that separates the components best. */
final class ReportProjection {
    private final MixtureParameters mixture;
    private final DMatrixRMaj sample;
    private final long rows;

    /**
     * Creates the projection of a sample.
     *
     * @param sample rows, scaled as for the mixture
     * @param rows number of rows that the sample was drawn from
     */
    ReportProjection(MixtureParameters mixture, List<SelectedRow> sample, long rows) {
        this.mixture = mixture;
        this.sample = rows(sample, mixture.dimension());
        this.rows = rows;
    }

    Scatter scatter() {
        Projection projection = Projection.of(sample, mixture.weights(), mixture.means(), deviations(mixture));
        return new Scatter(
                projection.project(sample),
                components(),
                projection.project(mixture.means()),
                covariances(projection),
                rows);
    }

    private int[] components() {
        MixtureDensity density = new MixtureDensity(MixtureFactors.of(mixture));
        density.evaluate(sample);
        int[] components = new int[sample.numRows];
        for (int i = 0; i < components.length; i++) {
            components[i] = Rows.argMax(density.responsibilities(), i);
        }
        return components;
    }

    private List<DMatrixRMaj> covariances(Projection projection) {
        MixtureParameters noise = mixture.noise();
        List<DMatrixRMaj> covariances = new ArrayList<>();
        for (int k = 0; k < mixture.components(); k++) {
            if (mixture.type().isSquare()) {
                covariances.add(projection.covariance(mixture.covariance(k)));
                continue;
            }
            DMatrixRMaj plane = projection.covariance(variances(noise, k));
            if (mixture.type().isFactored()) {
                DMatrixRMaj loadings = new DMatrixRMaj(2, mixture.factors());
                CommonOps_DDRM.multTransA(projection.matrix(), mixture.linear(k).loadings(), loadings);
                CommonOps_DDRM.multAddTransB(loadings, loadings, plane);
            }
            covariances.add(plane);
        }
        return covariances;
    }

    /** Returns the standard deviations within a component, pooled over the components by weight; d numbers. */
    static double[] deviations(MixtureParameters mixture) {
        double[] deviations = new double[mixture.dimension()];
        for (int k = 0; k < mixture.components(); k++) {
            double[] variances = variances(mixture, k);
            for (int j = 0; j < deviations.length; j++) {
                deviations[j] += mixture.weight(k) * variances[j];
            }
        }
        for (int j = 0; j < deviations.length; j++) {
            deviations[j] = Math.sqrt(deviations[j]);
        }
        return deviations;
    }

    private static double[] variances(MixtureParameters mixture, int component) {
        double[] variances = new double[mixture.dimension()];
        for (int j = 0; j < variances.length; j++) {
            variances[j] = mixture.variance(component, j);
        }
        return variances;
    }

    /** Returns selected rows as one matrix, m × d. */
    static DMatrixRMaj rows(List<SelectedRow> sample, int d) {
        DMatrixRMaj matrix = new DMatrixRMaj(sample.size(), d);
        for (int i = 0; i < sample.size(); i++) {
            System.arraycopy(sample.get(i).values(), 0, matrix.data, i * d, d);
        }
        return matrix;
    }
}
