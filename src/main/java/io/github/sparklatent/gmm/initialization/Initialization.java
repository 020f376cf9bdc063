package io.github.sparklatent.gmm.initialization;

import java.util.Arrays;

/** The initialisation of a mixture if no model is given. */
public enum Initialization {
    /**
     * k-means|| (Bahmani et al. 2012) and Lloyd's algorithm; the clusters are the first
     * responsibilities.
     */
    K_MEANS_PARALLEL("k-means||"),
    /** Random responsibilities. */
    RANDOM("random"),
    /** Random distinct rows as means, with the covariance of all rows. */
    RANDOM_ROWS("random-rows"),
    /**
     * Fits twice as many components, initialised by k-means||, and merges pairs of them. Each step
     * merges the two components whose merging loses least of the mutual information of row and
     * component.
     */
    OVER_CLUSTERING("over-clustering");

    private final String text;

    Initialization(String text) {
        this.text = text;
    }

    /**
     * Parses the name.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static Initialization of(String name) {
        return Arrays.stream(values())
                .filter(value -> value.text.equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "initialization is \""
                                                + name
                                                + "\", expected k-means||, random, random-rows or"
                                                + " over-clustering"));
    }

    /** Returns the greatest number of components that the initialisation itself fits. */
    public int mostComponents(int components) {
        return this == OVER_CLUSTERING ? Math.multiplyExact(2, components) : components;
    }

    @Override
    public String toString() {
        return text;
    }
}
