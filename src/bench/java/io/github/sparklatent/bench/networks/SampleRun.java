package io.github.sparklatent.bench.networks;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the rows that one network has drawn are like.
 *
 * @param name of the run
 * @param figures by name
 */
record SampleRun(String name, Map<String, Double> figures) implements NamedRun {
    /** Share of the modes that are covered. */
    static final String MODES = "modes";

    /** Share of the drawn rows that lie at a mode. */
    static final String QUALITY = "quality";

    /** Fréchet distance of principal components. */
    static final String COMPONENTS = "frechetOfComponents";

    /** Fréchet distance of an autoencoder's codes. */
    static final String CODES = "frechetOfCodes";

    /** Mean squared error of reconstructions. */
    static final String ERROR = "error";

    /** Structural similarity of reconstructions. */
    static final String SIMILARITY = "similarity";

    /** Of training. */
    static final String SECONDS = "seconds";

    SampleRun {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }
}
