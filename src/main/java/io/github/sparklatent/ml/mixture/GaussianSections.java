package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.learn.em.SelectedRow;
import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.MixtureScores;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.report.Image;
import io.github.sparklatent.report.MeansSection;
import io.github.sparklatent.report.MeansTable.Means;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.Projection;
import io.github.sparklatent.report.ScatterSection;
import io.github.sparklatent.report.ScatterSection.Scatter;
import io.github.sparklatent.scoring.TableMixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The sections of a report on a mixture whose columns all are Gaussian.
 *
 * @param names names of the columns
 * @param scaling of the rows of the mixture
 * @param sample m × d; rows without missing values, as the mixture reads them. Not modified.
 * @param rows number of rows that the sample was drawn from
 * @param image layout of the columns if they are the pixels of an image, else null
 */
record GaussianSections(
        MixtureParameters mixture, List<String> names, Scaling scaling, DMatrixRMaj sample, long rows, Image image) {
    /** Returns the sections; empty if there are other columns. */
    static Optional<GaussianSections> of(TableMixture table, Scaling scaling, List<SelectedRow> sample, long rows) {
        MixtureParameters mixture = table.mixture().gaussian();
        int d = table.names().size();
        if (mixture == null || mixture.dimension() < d) {
            return Optional.empty();
        }
        MixtureScores scores = new MixtureScores(new MixedDensity(table.mixture()));
        DMatrixRMaj complete = new DMatrixRMaj(sample.size(), d);
        for (int i = 0; i < sample.size(); i++) {
            System.arraycopy(scores.imputed(sample.get(i).values()), 0, complete.data, i * d, d);
        }
        DMatrixRMaj shown = inUnits(complete, scaling);
        Image image = Image.detected(table.names(), shown);
        return Optional.of(new GaussianSections(mixture, table.names(), scaling, complete, rows, image));
    }

    List<Section> sections() {
        double[] weights = mixture.weights();
        double[] deviations = deviations();
        double[] factor = scaling.factor();
        double[] shown = deviations.clone();
        for (int j = 0; j < factor.length; j++) {
            shown[j] /= factor[j];
        }
        Means means = new Means(names, inUnits(mixture.means(), scaling), shown, image);
        return List.of(MeansSection.of(means, weights), ScatterSection.of(scatter(deviations), weights));
    }

    /** Returns rows in the units of the table. */
    private static DMatrixRMaj inUnits(DMatrixRMaj rows, Scaling scaling) {
        DMatrixRMaj shown = rows.copy();
        for (int i = 0; i < shown.numRows; i++) {
            scaling.invert(shown.data, i * shown.numCols, shown.numCols);
        }
        return shown;
    }

    /** Projects the sample and the components onto the plane that separates the components best. */
    private Scatter scatter(double[] deviations) {
        Projection projection = Projection.of(sample, mixture.weights(), mixture.means(), deviations);
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
                CommonOps_DDRM.multTransA(projection.matrix(), mixture.linear(k).loadings(), loadings);
                CommonOps_DDRM.multAddTransB(loadings, loadings, plane);
            }
            covariances.add(plane);
        }
        return covariances;
    }

    /** Returns the standard deviations within a component, pooled over the components by weight; d numbers. */
    private double[] deviations() {
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
}
