package io.github.sparklatent.report.mixture;

import io.github.sparklatent.report.Means;
import io.github.sparklatent.report.MeansTable;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.format.Order;
import java.util.List;

/**
 * The section that shows the components' means: as images if the features are pixels, else as a
 * table of deviations.
 */
final class MeansSection {

    private MeansSection() {}

    static Section of(MixtureReport report) {
        double[] weights = report.components().weights();
        int[] shown = Order.largest(weights, Order.COMPONENTS);
        Means means = report.means();
        String remark = Order.remark(shown.length, weights.length, "largest components");
        return means.image() == null
                ? new Section(
                        "means",
                        "Means",
                        text() + remark,
                        List.of(MeansTable.of(means, weights, shown)))
                : new Section(
                        "means",
                        "Means",
                        "The mean of each component as an image, all on one grey scale." + remark,
                        List.of(MeanPictures.of(means, weights, shown)));
    }

    private static String text() {
        return "The distance of each component's mean from the overall mean, in standard deviations"
                + " within a component. Orange is above, blue is below; the colour is strongest"
                + " from 3 on.";
    }
}
