package io.github.sparklatent.bench.adversarial;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.sparklatent.bench.report.NamedRun;
import java.util.EnumMap;
import java.util.Map;

/** Figures of the rows that one network draws. */
record SampleRun(String name, Map<Figure, Double> figures) implements NamedRun {
    /** A figure of drawn rows. */
    enum Figure {
        /** Squared Fréchet distance of principal components. */
        @JsonProperty("frechetOfComponents")
        COMPONENTS,
        /** Squared Fréchet distance of an autoencoder's codes. */
        @JsonProperty("frechetOfCodes")
        CODES,
        /** Mean squared error of reconstructions. */
        @JsonProperty("error")
        ERROR,
        /** Structural similarity of reconstructions. */
        @JsonProperty("similarity")
        SIMILARITY,
        /** Share of rows in the component of their digit. */
        @JsonProperty("accuracy")
        ACCURACY,
        /** Mean evidence lower bound of a row, in nats. */
        @JsonProperty("bound")
        BOUND,
        /** Seconds of training. */
        @JsonProperty("seconds")
        SECONDS
    }

    /** Rounds the figures for the file. The error is small and keeps six decimals. */
    static SampleRun of(String name, Map<Figure, Double> figures) {
        Map<Figure, Double> rounded = new EnumMap<>(Figure.class);
        figures.forEach((figure, value) ->
                rounded.put(figure, figure == Figure.ERROR ? Math.rint(value * 1e6) / 1e6 : NamedRun.rounded(value)));
        return new SampleRun(name, rounded);
    }
}
