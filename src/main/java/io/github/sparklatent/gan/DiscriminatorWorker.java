package io.github.sparklatent.gan;

import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Gradient;
import io.github.sparklatent.nn.Layer;
import io.github.sparklatent.nn.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * Forward and backward computation of a discriminator. Used by one thread.
 *
 * <p>Holds the network's buffers for a batch and, three times, its parameters: as they were given
 * last, as they are used (spectrally normalised if asked for), and their derivatives.
 */
public final class DiscriminatorWorker {
    private final int offset;
    private final Layer.Worker[] layers;

    /** The number of layers before the first weights. */
    private final int reading;

    private final List<SpectralNorm> norms = new ArrayList<>();
    private final float[] given;
    private final float[] used;
    private final float[] slopes;
    private final Gradient written;
    private final Gradient added;
    private FMatrixRMaj features;

    DiscriminatorWorker(
            Discriminator discriminator, int maxRows, int offset, FloatProducts products) {
        this.offset = offset;
        this.given = new float[discriminator.parameterCount()];
        this.used = new float[given.length];
        this.slopes = new float[given.length];
        this.written = Gradient.writtenTo(slopes);
        this.added = Gradient.addedTo(slopes);
        List<Layer> specs = discriminator.network().layers();
        this.layers = new Layer.Worker[specs.size()];
        this.reading = specs.get(0).parameters().isEmpty() ? 1 : 0;
        int at = 0;
        for (int i = 0; i < layers.length; i++) {
            layers[i] = specs.get(i).worker(maxRows, at, products);
            at += Parameter.length(specs.get(i).parameters());
        }
        if (discriminator.options().spectralNormalization()) {
            addNorms(discriminator, products);
        }
    }

    /**
     * Adds the norms of all weight matrices; kernels of convolutions are channels × (c·k·k), as in
     * the paper.
     */
    private void addNorms(Discriminator discriminator, FloatProducts products) {
        for (Parameter p : discriminator.network().parameters()) {
            if (p.name().endsWith(".weights")) {
                int iterations = discriminator.options().powerIterations();
                norms.add(new SpectralNorm(p, iterations, norms.size(), products));
            }
        }
    }

    /**
     * Returns a(x) of each row, n × 1, a buffer; the other methods continue from here.
     *
     * @param rows n × d. Kept until the next batch, not modified.
     */
    public FMatrixRMaj logits(float[] parameters, FMatrixRMaj rows) {
        return logitsOfRead(parameters, read(rows));
    }

    /**
     * Returns what the first weights read of the rows, n × d: logarithms of counts, else the
     * values.
     *
     * @param rows n × d. Kept until the next batch, not modified.
     * @return a buffer, or the rows themselves
     */
    FMatrixRMaj read(FMatrixRMaj rows) {
        FMatrixRMaj current = rows;
        for (int i = 0; i < reading; i++) {
            current = layers[i].forward(used, current);
        }
        return current;
    }

    /**
     * Returns a of each row, n × 1, a buffer, from what the first weights read of it.
     *
     * @param read n × d. Kept until the next batch, not modified.
     */
    FMatrixRMaj logitsOfRead(float[] parameters, FMatrixRMaj read) {
        use(parameters);
        FMatrixRMaj current = read;
        for (int i = reading; i < layers.length; i++) {
            features = current;
            current = layers[i].forward(used, current);
        }
        return current;
    }

    /** Returns the last hidden layer's outputs, n × {@link Discriminator#features}, a buffer. */
    public FMatrixRMaj features() {
        return features;
    }

    /** Writes the discriminator's parameters as they are used, into a vector of all parameters. */
    void copyUsed(float[] parameters, float[] to) {
        use(parameters);
        System.arraycopy(used, 0, to, offset, used.length);
    }

    /** Reads parameters if they differ from the last ones. */
    private void use(float[] parameters) {
        int end = offset + given.length;
        if (!Arrays.equals(parameters, offset, end, given, 0, given.length)) {
            System.arraycopy(parameters, offset, given, 0, given.length);
            System.arraycopy(parameters, offset, used, 0, given.length);
            norms.forEach(norm -> norm.normalize(used));
        }
    }

    /**
     * Propagates the derivative at the logits back. The derivative by the parameters is kept, see
     * {@link #gradient}.
     *
     * @param logitGradient n × 1. Overwritten.
     * @param adds whether it is added to the kept derivative, or replaces it
     * @param wantsRows whether the derivative at the rows is wanted
     * @return that derivative, n × d, a buffer; else null
     */
    public FMatrixRMaj backward(FMatrixRMaj logitGradient, boolean adds, boolean wantsRows) {
        return backward(layers.length, wantsRows ? 0 : reading, logitGradient, adds, wantsRows);
    }

    /**
     * Returns the derivative at what the first weights read, n × d, a buffer. The kept derivative
     * by the parameters is overwritten.
     *
     * @param logitGradient n × 1. Overwritten.
     */
    FMatrixRMaj backwardToRead(FMatrixRMaj logitGradient) {
        return backward(layers.length, reading, logitGradient, false, true);
    }

    /**
     * Propagates a derivative at the last hidden layer back to the rows. The kept derivative by the
     * parameters is overwritten.
     *
     * @param featureGradient n × {@link Discriminator#features}. Overwritten.
     * @return n × d, a buffer
     */
    public FMatrixRMaj backwardFromFeatures(FMatrixRMaj featureGradient) {
        return backward(layers.length - 1, 0, featureGradient, false, true);
    }

    private FMatrixRMaj backward(
            int end, int begin, FMatrixRMaj slope, boolean adds, boolean wantsLast) {
        FMatrixRMaj current = slope;
        Gradient gradient = adds ? added : written;
        for (int i = end - 1; i >= begin; i--) {
            current = layers[i].backward(used, current, gradient, i > begin || wantsLast);
        }
        return current;
    }

    /**
     * Writes the kept derivative by the parameters; to be called once after it is complete.
     *
     * @param gradient of all parameters; the discriminator's part is overwritten
     */
    public void gradient(float[] gradient) {
        norms.forEach(norm -> norm.backward(used, slopes));
        System.arraycopy(slopes, 0, gradient, offset, slopes.length);
    }
}
