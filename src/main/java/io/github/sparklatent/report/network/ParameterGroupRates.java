package io.github.sparklatent.report.network;

import io.github.sparklatent.learn.optimizer.LearningRate;
import io.github.sparklatent.report.chart.Palette;
import io.github.sparklatent.report.format.Numbers;
import io.github.sparklatent.report.network.LearningSection.Round;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** The learning rates of all rounds, by parameter group. */
final class ParameterGroupRates {
    /** The number of pixels by which a curve is thinner than the one below it. */
    private static final double THINNER = 0.8;

    private static final double MIN_THICKNESS = 0.8;

    /** The learning rate of each group in every round; NaN if the group was not trained in the round. */
    private final Map<String, double[]> byGroup = new LinkedHashMap<>();

    ParameterGroupRates(List<Round> rounds) {
        for (int i = 0; i < rounds.size(); i++) {
            for (LearningRate rate : rounds.get(i).learningRates()) {
                byGroup.computeIfAbsent(rate.group(), group -> missing(rounds.size()))[i] = rate.value();
            }
        }
    }

    private static double[] missing(int rounds) {
        return DoubleStream.generate(() -> Double.NaN).limit(rounds).toArray();
    }

    /** Returns whether the learning rate of a group changes. */
    boolean change() {
        return byGroup.values().stream().anyMatch(rates -> known(rates).count() > 1);
    }

    /** Returns the rates in words if they do not change, or an empty text if none is known. */
    String text() {
        List<Double> values =
                byGroup.values().stream().flatMap(rates -> known(rates).boxed()).toList();
        if (values.isEmpty()) {
            return "";
        }
        if (values.stream().distinct().count() == 1) {
            return "learning rate " + Numbers.chosen(values.get(0)) + " throughout";
        }
        return byGroup.entrySet().stream()
                .map(ParameterGroupRates::text)
                .collect(Collectors.joining(", ", "learning rates ", " throughout"));
    }

    private static String text(Map.Entry<String, double[]> group) {
        double rate = known(group.getValue()).findFirst().orElse(Double.NaN);
        return Numbers.chosen(rate) + " for the " + group.getKey();
    }

    /** Adds a curve for each group. Each curve is thinner than the ones below it, so that it does not hide them. */
    void addTo(LearningFigure figure, double[] epochs) {
        int group = 0;
        for (Map.Entry<String, double[]> rates : byGroup.entrySet()) {
            String name = byGroup.size() == 1 ? "rate" : rates.getKey();
            figure.add(name, epochs, rates.getValue(), Palette.series(group), thickness(group));
            group++;
        }
    }

    private static double thickness(int group) {
        return Math.max(MIN_THICKNESS, LearningFigure.THICK - THINNER * group);
    }

    private static DoubleStream known(double[] rates) {
        return DoubleStream.of(rates).filter(Double::isFinite).distinct();
    }
}
