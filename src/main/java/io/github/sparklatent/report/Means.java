package io.github.sparklatent.report;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.report.chart.Image;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * The means of K components in d features.
 *
 * @param features d. Names.
 * @param means K x d, in the units of the table. Not modified.
 * @param deviations d. Standard deviations within a component, pooled over the components. Not modified.
 * @param image layout of the features if they are the pixels of an image, else null
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
