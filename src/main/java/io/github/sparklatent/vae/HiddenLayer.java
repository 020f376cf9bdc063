package io.github.sparklatent.vae;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Layer;
import io.github.sparklatent.nn.Logarithm;
import io.github.sparklatent.nn.Network;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/**
 * What a trained network makes of rows on their way through it: the outputs of one hidden layer of
 * its encoder or of its discriminator, or the codes. Does not change.
 */
public final class HiddenLayer implements Serializable {
    /** The codes of rows; of a variational network their means. */
    public static final String CODE = "code";

    private static final long serialVersionUID = 1L;

    private final TrainedNetwork network;
    private final String name;

    /** The layers up to this one; null of the codes. */
    private final Network part;

    /** Of their parameters. */
    private final int offset;

    private HiddenLayer(TrainedNetwork network, String name, Network part, int offset) {
        this.network = network;
        this.name = name;
        this.part = part;
        this.offset = offset;
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
            all.add(new HiddenLayer(network, CODE, null, 0));
        }
        if (networks.auxiliary() != null && network.kind() != Kind.CLASSIFYING) {
            all.addAll(of(network, networks.auxiliary(), networks.auxiliaryOffset()));
        }
        return List.copyOf(all);
    }

    /** But the last layer, whose outputs are codes or verdicts. */
    private static List<HiddenLayer> of(TrainedNetwork network, Network whole, int offset) {
        List<Layer> layers = whole.layers();
        return IntStream.range(0, layers.size() - 1)
                .filter(i -> !(layers.get(i) instanceof Logarithm))
                .mapToObj(
                        i ->
                                new HiddenLayer(
                                        network,
                                        whole.name() + "." + i,
                                        new Network(whole.name(), layers.subList(0, i + 1)),
                                        offset))
                .toList();
    }

    public String name() {
        return name;
    }

    /** d, columns of a row. */
    public int inputs() {
        return network.architecture().inputs();
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
        Layer.Worker worker = part.worker(maxRows, offset, new FloatProducts());
        float[] parameters = network.parameters();
        return rows -> worker.forward(parameters, rows);
    }
}
