package io.github.sparklatent.vae;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Layer;
import io.github.sparklatent.nn.Network;
import io.github.sparklatent.nn.Parameter;
import io.github.sparklatent.vae.model.AuxiliaryNetwork;
import io.github.sparklatent.vae.model.Networks;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/**
 * Features of rows from a trained network: the outputs of one hidden layer of its encoder or of its discriminator, or
 * the codes. An object is immutable and does not hold the layers after the hidden layer.
 *
 * @param inputs d, the columns of a row
 * @param part the layers up to the hidden layer; null for codes
 * @param parameters parameters of these layers; null for codes. Not modified
 * @param network the network whose codes are meant; else null
 */
public record HiddenLayer(String name, int inputs, Network part, float[] parameters, TrainedNetwork network)
        implements Serializable {
    /** The name of the codes; of a variational network they are the means of q(z|x). */
    public static final String CODE = "code";

    /**
     * Returns all hidden layers of a network, from the row on. The name of a layer is the prefix of the names of its
     * parameters, such as {@code encoder.0}.
     */
    public static List<HiddenLayer> of(TrainedNetwork network) {
        List<HiddenLayer> all = new ArrayList<>();
        Networks networks = network.architecture().networks(network.kind());
        if (networks.encoder() != null) {
            all.addAll(of(network, networks.encoder(), 0));
            int inputs = network.architecture().inputs();
            all.add(new HiddenLayer(CODE, inputs, null, null, network));
        }
        if (networks.auxiliary() != null && network.kind().auxiliary() != AuxiliaryNetwork.CLASSIFIER) {
            all.addAll(of(network, networks.auxiliary(), networks.auxiliaryOffset()));
        }
        return List.copyOf(all);
    }

    /** Returns all layers except the last, whose outputs are codes or logits. */
    private static List<HiddenLayer> of(TrainedNetwork network, Network whole, int offset) {
        List<Layer> layers = whole.layers();
        int inputs = network.architecture().inputs();
        float[] parameters = network.parameters();
        return IntStream.range(0, layers.size() - 1)
                .filter(i -> !layers.get(i).parameters().isEmpty())
                .mapToObj(i -> {
                    Network part = new Network(whole.name(), layers.subList(0, i + 1));
                    int end = offset + Parameter.length(part.parameters());
                    return new HiddenLayer(
                            whole.nameOf(i), inputs, part, Arrays.copyOfRange(parameters, offset, end), null);
                })
                .toList();
    }

    /** Returns m, the number of features. */
    public int outputs() {
        return part == null ? network.architecture().latent() : part.outputs();
    }

    /**
     * Returns a function from rows, n × d and not modified, to their features, n × m, in a buffer that is valid until
     * the next call. It has the buffers of one task and is used by one thread.
     */
    public UnaryOperator<FMatrixRMaj> worker(int maxRows) {
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
