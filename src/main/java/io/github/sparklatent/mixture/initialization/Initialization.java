package io.github.sparklatent.mixture.initialization;

/** The initialisation of a mixture if no model is given. */
public enum Initialization {
    /**
     * k-means|| for the first fit, {@link #RANDOM_ROWS} for the restarts: restarts from k-means|| often end at the same
     * few optima.
     */
    VARIED("varied"),
    /** k-means|| (Bahmani et al. 2012) and Lloyd's algorithm; the clusters are the first responsibilities. */
    K_MEANS_PARALLEL("k-means||"),
    /** Random distinct rows as means, with the covariance of all rows. */
    RANDOM_ROWS("random-rows"),
    /**
     * Fits twice as many components, initialised by k-means||, and merges pairs of them. Each step merges the two
     * components whose merging loses least of the mutual information of row and component.
     */
    OVER_CLUSTERING("over-clustering");

    private final String text;

    Initialization(String text) {
        this.text = text;
    }

    /** Returns the method of a restart. */
    public Initialization ofRestart(int restart) {
        return this != VARIED ? this : restart == 0 ? K_MEANS_PARALLEL : RANDOM_ROWS;
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
