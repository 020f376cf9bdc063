package io.github.sparklatent.vae;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Layer;
import io.github.sparklatent.nn.Logarithm;
import io.github.sparklatent.nn.Network;
import io.github.sparklatent.nn.Parameter;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/**
 * What a trained network makes of rows on their way through it: the outputs of one hidden layer of
 * its encoder or of its discriminator, or the codes. Does not change, and of a layer carries no
 * more than the layers up to it.
 */
public final class HiddenLayer implements Serializable {
    /** The codes of rows; of a variational network their means. */
    public static final String CODE = "code";

    private static final long serialVersionUID = 1L;

    private final String name;
    private final int inputs;

    /** The layers up to this one; null of the codes. */
    private final Network part;

    /** Of these layers; null of the codes. Not modified. */
    private final float[] parameters;

    /** Of the codes; else null. */
    private final TrainedNetwork network;

    private HiddenLayer(
            String name, int inputs, Network part, float[] parameters, TrainedNetwork network) {
        this.name = name;
        this.inputs = inputs;
        this.part = part;
        this.parameters = parameters;
        this.network = network;
    }

    /**
     * All that a network has, from the row on. Layers have the names that their parameters begin
     * with, such as {@code encoder.0}.
     */
    public static List<HiddenLayer> of(TrainedNetwork network) {
        List<HiddenLayer> all = new ArrayList<>();
        Networks networks = network.architecture().networks(network.kind());
        if (networks.encoder() != null) {
            all.addAll(of(network, networks.encoder(), 0));
            int inputs = network.architecture().inputs();
            all.add(new HiddenLayer(CODE, inputs, null, null, network));
        }
        if (networks.auxiliary() != null && network.kind() != Kind.CLASSIFYING) {
            all.addAll(of(network, networks.auxiliary(), networks.auxiliaryOffset()));
        }
        return List.copyOf(all);
    }

    /** But the last layer, whose outputs are codes or verdicts. */
    private static List<HiddenLayer> of(TrainedNetwork network, Network whole, int offset) {
        List<Layer> layers = whole.layers();
        int inputs = network.architecture().inputs();
        float[] parameters = network.parameters();
        return IntStream.range(0, layers.size() - 1)
                .filter(i -> !(layers.get(i) instanceof Logarithm))
                .mapToObj(
                        i -> {
                            Network part = new Network(whole.name(), layers.subList(0, i + 1));
                            int end = offset + Parameter.length(part.parameters());
                            return new HiddenLayer(
                                    whole.name() + "." + i,
                                    inputs,
                                    part,
                                    Arrays.copyOfRange(parameters, offset, end),
                                    null);
                        })
                .toList();
    }

    public String name() {
        return name;
    }

    /** d, columns of a row. */
    public int inputs() {
        return inputs;
    }

    /** m, numbers that a row is turned to. */
    public int outputs() {
        return part == null ? network.architecture().latent() : part.outputs();
    }

    /** What computes with a batch of rows in one task. Used by one thread. */
    @FunctionalInterface
    public interface Pass {
        /**
         * @param rows n × d. Not modified.
         * @return n × m, a buffer that stands until the next call
         */
        FMatrixRMaj of(FMatrixRMaj rows);
    }

    /**
     * The buffers of one task.
     *
     * @param maxRows rows of a batch at most
     */
    public Pass pass(int maxRows) {
        Require.that(maxRows >= 1, "maxRows is %d, expected at least 1", maxRows);
        if (part == null) {
            NetworkScorer scorer = network.scorer(maxRows, ScoringOptions.DEFAULT);
            FMatrixRMaj codes = new FMatrixRMaj(0, 0);
            return rows -> {
                scorer.encode(rows, codes);
                return codes;
            };
        }
        Layer.Worker worker = part.worker(maxRows, 0, new FloatProducts());
        return rows -> worker.forward(parameters, rows);
    }
}
