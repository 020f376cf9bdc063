package io.github.sparklatent.mixture;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Mixtures that scikit-learn fitted to a data set, and the start they all come from.
 *
 * <p>The file is text: lines with {@code #} are remarks, {@code array NAME COUNT} begins an array, numbers follow.
 * {@code src/test/python/mixture_golden.py} writes it and says what each array is.
 */
public final class GoldenMixtures {
    private final Map<String, double[]> arrays = new HashMap<>();

    private GoldenMixtures() {}

    /** The golden values of iris, wine or digits. */
    public static GoldenMixtures of(String dataSet) {
        return read("/golden/mixture-" + dataSet + ".txt.gz");
    }

    /** The golden values of variational Bayes for iris or wine, of {@code src/test/python/variational_golden.py}. */
    public static GoldenMixtures variational(String dataSet) {
        return read("/golden/variational-" + dataSet + ".txt.gz");
    }

    private static GoldenMixtures read(String resource) {
        GoldenMixtures golden = new GoldenMixtures();
        try (InputStream stream = GoldenMixtures.class.getResourceAsStream(resource);
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(stream), StandardCharsets.US_ASCII))) {
            golden.read(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
        return golden;
    }

    private void read(BufferedReader lines) throws IOException {
        double[] array = {};
        int at = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ");
            if (words[0].equals("array")) {
                Require.that(at == array.length, "%s comes after %d numbers", line, at);
                array = new double[Integer.parseInt(words[2])];
                arrays.put(words[1], array);
                at = 0;
            } else if (!words[0].equals("#")) {
                for (String word : words) {
                    array[at++] = Double.parseDouble(word);
                }
            }
        }
    }

    /** The numbers of an array. */
    public double[] array(String name) {
        double[] array = arrays.get(name);
        Require.that(array != null, "there is no array %s", name);
        return array;
    }

    /** An array as a matrix of that many rows. */
    public DMatrixRMaj matrix(String name, int rows) {
        double[] array = array(name);
        return new DMatrixRMaj(rows, array.length / rows, true, array.clone());
    }

    /** Added to each variance in each round. */
    public double regularization() {
        return array("regularization")[0];
    }

    /** The start: the same weights, means and pooled covariance for every type. */
    public MixtureParameters start(CovarianceType type) {
        double[] weights = array("start/weights");
        DMatrixRMaj means = matrix("start/means", weights.length);
        DMatrixRMaj pooled = symmetric(array("start/covariance"), 0, means.numCols);
        List<DMatrixRMaj> covariances = switch (type) {
            case FULL -> Collections.nCopies(weights.length, pooled);
            case TIED -> List.of(pooled);
            case DIAGONAL -> {
                DMatrixRMaj variances = new DMatrixRMaj(weights.length, means.numCols);
                for (int i = 0; i < variances.getNumElements(); i++) {
                    variances.data[i] = pooled.get(i % means.numCols, i % means.numCols);
                }
                yield List.of(variances);
            }
            case SPHERICAL -> {
                DMatrixRMaj variances = new DMatrixRMaj(weights.length, 1);
                variances.fill(array("start/variance")[0]);
                yield List.of(variances);
            }
            case FACTOR, PPCA -> throw new IllegalArgumentException("scikit-learn has no " + type);
        };
        return MixtureParameters.of(type, weights, means, covariances);
    }

    /** What scikit-learn has after some rounds from the start. */
    public MixtureParameters after(CovarianceType type, int rounds) {
        return mixture(type, type + "/" + rounds + "/");
    }

    /** The mixture whose arrays have names that begin so. */
    public MixtureParameters mixture(CovarianceType type, String name) {
        double[] weights = array(name + "weights");
        DMatrixRMaj means = matrix(name + "means", weights.length);
        List<DMatrixRMaj> covariances = new ArrayList<>();
        if (type == CovarianceType.FULL || type == CovarianceType.TIED) {
            for (int i = 0; i < (type == CovarianceType.FULL ? weights.length : 1); i++) {
                covariances.add(symmetric(array(name + "covariances"), i, means.numCols));
            }
        } else {
            covariances.add(matrix(name + "covariances", weights.length));
        }
        return MixtureParameters.of(type, weights, means, covariances);
    }

    /** The mean log-likelihood of the rows under {@link #after}. */
    public double meanLogLikelihood(CovarianceType type, int rounds) {
        return array(type + "/" + rounds + "/meanLogLikelihood")[0];
    }

    /** The index-th of packed lower triangles, row by row. */
    private static DMatrixRMaj symmetric(double[] triangles, int index, int d) {
        DMatrixRMaj matrix = new DMatrixRMaj(d, d);
        int at = index * (d * (d + 1) / 2);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++, at++) {
                matrix.set(i, j, triangles[at]);
                matrix.set(j, i, triangles[at]);
            }
        }
        return matrix;
    }
}
