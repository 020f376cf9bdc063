package io.github.sparklatent.report;

import io.github.sparklatent.learn.LearningRate;
import io.github.sparklatent.report.NetworkReport.Round;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** The learning rates of all rounds, player by player. */
final class PlayerRates {
    /** Pixels by which a curve is thinner than the one below. */
    private static final float THINNER = 0.8f;

    private static final float LEAST_THICKNESS = 0.8f;

    /** Of each player its rate in every round, NaN where it did not play. */
    private final Map<String, double[]> byPlayer = new LinkedHashMap<>();

    PlayerRates(List<Round> rounds) {
        for (int i = 0; i < rounds.size(); i++) {
            for (LearningRate rate : rounds.get(i).learningRates()) {
                byPlayer.computeIfAbsent(rate.player(), player -> missing(rounds.size()))[i] =
                        rate.value();
            }
        }
    }

    private static double[] missing(int rounds) {
        return DoubleStream.generate(() -> Double.NaN).limit(rounds).toArray();
    }

    /** Whether a player's rate changes along the way. */
    boolean change() {
        return byPlayer.values().stream().anyMatch(rates -> known(rates).count() > 1);
    }

    /** In words, where they do not change; empty where none is known. */
    String text() {
        List<Double> values =
                byPlayer.values().stream().flatMap(rates -> known(rates).boxed()).toList();
        if (values.isEmpty()) {
            return "";
        }
        if (values.stream().distinct().count() == 1) {
            return "learning rate " + Numbers.chosen(values.get(0)) + " throughout";
        }
        return byPlayer.entrySet().stream()
                .map(PlayerRates::text)
                .collect(Collectors.joining(", ", "learning rates ", " throughout"));
    }

    private static String text(Map.Entry<String, double[]> player) {
        double rate = known(player.getValue()).findFirst().orElse(Double.NaN);
        return Numbers.chosen(rate) + " of the " + player.getKey();
    }

    /** Adds a curve for each player, each thinner than those below, so that it hides none. */
    void addTo(LearningFigure figure, double[] epochs) {
        int player = 0;
        for (Map.Entry<String, double[]> rates : byPlayer.entrySet()) {
            String name = byPlayer.size() == 1 ? "rate" : rates.getKey();
            figure.add(name, epochs, rates.getValue(), Palette.series(player), thickness(player));
            player++;
        }
    }

    private static float thickness(int player) {
        return Math.max(LEAST_THICKNESS, LearningFigure.THICK - THINNER * player);
    }

    private static DoubleStream known(double[] rates) {
        return DoubleStream.of(rates).filter(Double::isFinite).distinct();
    }
}
