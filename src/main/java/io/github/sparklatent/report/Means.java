package io.github.sparklatent.report;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.report.chart.Image;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * The means of K components of d features.
 *
 * @param features d names
 * @param means K x d. In the units of the table. Not modified.
 * @param deviations d. Standard deviations within a component, pooled over the components. Not
 *     modified.
 * @param image the features' arrangement when they are the pixels of an image; null: they are not
 */
public record Means(List<String> features, DMatrixRMaj means, double[] deviations, Image image) {
    public Means {
        features = List.copyOf(features);
        Require.size("means.features", features.size(), means.numCols);
        Require.size("means.deviations", deviations.length, means.numCols);
        if (image != null) {
            Require.size("pixels of means.image", image.size(), means.numCols);
        }
    }
}
