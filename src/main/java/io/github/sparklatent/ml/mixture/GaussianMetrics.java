package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.learn.em.SelectedRow;
import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.MixtureScores;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.mixture.TrainedMixture.MixtureParts;
import io.github.sparklatent.report.GroupProfile;
import io.github.sparklatent.report.Image;
import io.github.sparklatent.report.MeansSection;
import io.github.sparklatent.report.MeansTable.Means;
import io.github.sparklatent.report.Projection;
import io.github.sparklatent.report.ScatterSection;
import io.github.sparklatent.report.ScatterSection.Scatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Describes a Gaussian mixture, for programs and people, and computes its parts of the page. */
record GaussianMetrics(TrainedMixture<?> trained, MixtureParameters mixture, List<SelectedRow> sample) {
    MixtureParts parts() {
        Means means = means();
        double[] weights = mixture.weights();
        return new MixtureParts(
                "Gaussian mixture",
                means.image() == null ? Optional.of(GroupProfile.of(means, weights)) : Optional.empty(),
                List.of(
                        MeansSection.of(means, weights),
                        ScatterSection.of(
                                new ReportProjection(
                                                mixture, sample, trained.fit().rows())
                                        .scatter(),
                                weights)));
    }

    /** Returns the metrics that describe a mixture. */
    static Map<String, Object> metrics(MixtureParameters mixture) {
        return Json.object(
                "type", "gmm",
                "components", mixture.components(),
                "covariance", mixture.type().toString(),
                "features", mixture.dimension(),
                "parameters", mixture.freeParameters());
    }

    /** Returns means and standard deviations in the units of the table. */
    static Means means(MixtureParameters mixture, Scaling scaling, List<String> names) {
        int d = mixture.dimension();
        DMatrixRMaj means = mixture.means().copy();
        for (int k = 0; k < mixture.components(); k++) {
            scaling.invert(means.data, k * d, d);
        }
        double[] deviations = ReportProjection.deviations(mixture);
        double[] factor = scaling.factor();
        for (int j = 0; j < factor.length; j++) {
            deviations[j] /= factor[j];
        }
        return new Means(names, means, deviations, null);
    }

    private Means means() {
        int d = mixture.dimension();
        Scaling scaling = trained.table().scaling();
        List<String> names = trained.table().facts().featureNames();
        DMatrixRMaj shown = ReportProjection.rows(sample, d);
        for (int i = 0; i < shown.numRows; i++) {
            scaling.invert(shown.data, i * d, d);
        }
        Means means = means(mixture, scaling, names);
        return new Means(names, means.means(), means.deviations(), Image.detected(names, shown));
    }

    /** Projects a sample of rows and the components onto the plane that separates the components best. */
    private static final class ReportProjection {
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
            MixtureScores scores = new MixtureScores(new MixedDensity(MixedMixture.of(mixture)));
            scores.evaluate(sample);
            int[] components = new int[sample.numRows];
            Arrays.setAll(components, i -> Rows.argMax(scores.responsibilities(), i));
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
                    CommonOps_DDRM.multTransA(
                            projection.matrix(), mixture.linear(k).loadings(), loadings);
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
            Arrays.setAll(deviations, j -> Math.sqrt(deviations[j]));
            return deviations;
        }

        private static double[] variances(MixtureParameters mixture, int component) {
            double[] variances = new double[mixture.dimension()];
            Arrays.setAll(variances, j -> mixture.variance(component, j));
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
}
