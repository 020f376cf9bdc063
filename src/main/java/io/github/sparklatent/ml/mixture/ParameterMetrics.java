package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.mixture.training.MixtureFit;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.report.Measures;
import io.github.sparklatent.report.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Shows the posterior of the parameters of a Gaussian mixture, in the units of the table. */
final class ParameterMetrics {
    /** Name of the metric. */
    static final String NAME = "posterior";

    private static final List<String> COLUMNS = List.of("mean", "deviation", "lower", "upper");
    private static final int LISTED = 50;

    private ParameterMetrics() {}

    /**
     * Returns the quantities of a fit, weights, means and standard deviations: each has a name such as
     * {@code mean[0].amount}, its posterior mean and deviation, and the ends of an interval with 95% of the
     * probability.
     *
     * @param names names of the features
     * @return empty if the fit has no posterior
     */
    static List<Map<String, Object>> of(MixtureFit fit, Scaling scaling, List<String> names) {
        List<Map<String, Object>> quantities = new ArrayList<>();
        if (fit.posterior() == null) {
            return quantities;
        }
        int d = names.size();
        int n = fit.posterior().numCols;
        int components = n / (1 + 2 * d);
        double[] values = fit.posterior().copy().data;
        double[] factor = scaling.factor();
        for (int column = 0; column < COLUMNS.size(); column++) {
            for (int i = components; i < n; i += d) {
                int from = column * n + i;
                if (i < components * (1 + d) && !COLUMNS.get(column).equals("deviation")) {
                    scaling.invert(values, from, d);
                } else {
                    for (int j = 0; j < factor.length; j++) {
                        values[from + j] /= factor[j];
                    }
                }
            }
        }
        for (int i = 0; i < n; i++) {
            int cell = i - components;
            String name = cell < 0
                    ? "weight[%d]".formatted(i)
                    : "%s[%d].%s"
                            .formatted(
                                    cell < components * d ? "mean" : "deviation",
                                    cell / d % components,
                                    names.get(cell % d));
            Map<String, Object> quantity = Json.object("name", name);
            for (int column = 0; column < COLUMNS.size(); column++) {
                quantity.put(COLUMNS.get(column), values[column * n + i]);
            }
            quantities.add(quantity);
        }
        return quantities;
    }

    /** Adds a line for each of the first quantities. */
    static void addTo(Lines lines, List<Map<String, Object>> quantities) {
        quantities.stream()
                .limit(LISTED)
                .forEach(one -> lines.add(one == quantities.get(0) ? NAME : "", "%s %s", one.get("name"), text(one)));
    }

    private static String text(Map<String, Object> quantity) {
        return String.format(
                Locale.ROOT,
                "%.6g ± %.2g, 95%% in %.6g to %.6g",
                COLUMNS.stream().map(quantity::get).toArray());
    }

    static Page.Section section(List<Map<String, Object>> quantities) {
        List<List<Page.Cell>> rows = quantities.stream()
                .limit(LISTED)
                .map(one -> Measures.of((String) one.get("name"), text(one)))
                .toList();
        return new Page.Section(
                NAME,
                "Parameters",
                "How certain weights, means and standard deviations are: posterior mean and deviation, and the interval that has 95% of the probability. A mean-field posterior tends to have intervals that are too narrow.",
                List.of(new Page.Table(
                        "posterior-table",
                        "Posterior of the parameters, at most %d.".formatted(LISTED),
                        "",
                        List.of("", "Value"),
                        rows,
                        false)));
    }
}
