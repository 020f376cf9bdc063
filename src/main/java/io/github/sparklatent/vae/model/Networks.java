package io.github.sparklatent.vae.model;

import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.gan.Discriminator;
import io.github.sparklatent.gan.GameObjective;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.objective.StochasticObjective.Range;
import io.github.sparklatent.linalg.DoubleFunctions;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Dense;
import io.github.sparklatent.nn.Layer;
import io.github.sparklatent.nn.Mask;
import io.github.sparklatent.nn.Network;
import io.github.sparklatent.nn.Parameter;
import io.github.sparklatent.nn.likelihood.Conditions;
import io.github.sparklatent.nn.likelihood.Decoder;
import io.github.sparklatent.nn.likelihood.Likelihood;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * The networks of a model. Their parameters lie in one vector, in the order of the components of this record.
 *
 * @param encoder network from the d columns of a row to the parameters of q(z|x); null if there is none
 * @param decoder network from the l columns of a code to the outputs that determine the distribution of a row
 * @param likelihood p(x | outputs of the decoder)
 * @param prior the part of the prior that is learnt; null if the prior is fixed
 * @param auxiliary the discriminator, from d columns to one logit, or the classifier, from l columns to K logits; null
 *     if there is none
 * @param hasChains whether training runs chains of codes, whose step size is the last parameter
 */
public record Networks(
        Network encoder,
        Network decoder,
        Likelihood likelihood,
        MixturePrior prior,
        Network auxiliary,
        boolean hasChains)
        implements Serializable {
    /** Returns d, the number of columns of a row. */
    public int inputs() {
        return likelihood.width();
    }

    /** Returns l, the number of columns of a code. */
    public int latent() {
        return decoder.inputs() - likelihood.conditions().inputs();
    }

    /** Returns the index of the decoder's first parameter in the vector. */
    public int decoderOffset() {
        return encoder == null ? 0 : Parameter.length(encoder.parameters());
    }

    /** Returns the index of the likelihood's first own parameter in the vector. */
    int likelihoodOffset() {
        return decoderOffset() + Parameter.length(decoder.parameters());
    }

    /** Returns the decoder together with the likelihood: p(x|z). */
    public Decoder conditional() {
        return new Decoder(decoder, decoderOffset(), likelihood, likelihoodOffset());
    }

    /** Returns the game of the decoder, the generator, and the discriminator. */
    public GameObjective game(AdversarialOptions options) {
        return new GameObjective(conditional(), new Discriminator(auxiliary, options), auxiliaryOffset());
    }

    /** Returns the index of the prior's first parameter in the vector. */
    public int priorOffset() {
        return likelihoodOffset() + Parameter.length(likelihood.parameters());
    }

    /**
     * Returns the distribution from which the latent codes of new rows are drawn.
     *
     * @param parameters the trained parameters of all networks
     */
    public LatentDistribution distribution(float[] parameters) {
        return prior == null
                ? LatentDistribution.standardNormal(latent())
                : prior.distribution(parameters, priorOffset());
    }

    /**
     * Returns the distribution of codes given the conditions of a row.
     *
     * @param conditions of the likelihood
     * @param prior result of {@link #distribution}
     * @param rows n × d. Not modified.
     */
    public LatentDistribution given(
            Conditions conditions, LatentDistribution prior, float[] parameters, FMatrixRMaj rows, int row) {
        if (conditions.isEmpty() || this.prior == null) {
            return prior;
        }
        float[] inputs = new float[conditions.inputs()];
        conditions.read(rows, row, inputs, 0);
        double[] weights = this.prior.logWeights(parameters, priorOffset(), inputs, 0);
        DoubleFunctions.exp(weights, 0, weights, 0, weights.length);
        return new LatentDistribution(weights.length, weights, prior.means(), prior.deviations());
    }

    /** Returns the index of the first parameter of the discriminator or classifier in the vector. */
    public int auxiliaryOffset() {
        return priorOffset() + (prior == null ? 0 : Parameter.length(prior.parameters()));
    }

    /** Returns the index of the parameter of the chains' step size in the vector. */
    public int stepSizeOffset() {
        return auxiliaryOffset() + (auxiliary == null ? 0 : Parameter.length(auxiliary.parameters()));
    }

    /**
     * Returns the length of the parameter vector.
     *
     * @throws IllegalArgumentException if it is more than an array holds
     */
    public int parameterCount() {
        return Parameter.length(parameters());
    }

    /**
     * Returns the name, offset and shape of all parameters, in the order of the vector. Each begins where the one
     * before it ends.
     */
    List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>();
        if (encoder != null) {
            all.addAll(encoder.parameters());
        }
        addMoved(all, decoder.parameters(), decoderOffset());
        all.addAll(Parameter.within("likelihood", likelihoodOffset(), likelihood.parameters()));
        if (prior != null) {
            all.addAll(Parameter.within("prior", priorOffset(), prior.parameters()));
        }
        if (auxiliary != null) {
            addMoved(all, auxiliary.parameters(), auxiliaryOffset());
        }
        if (hasChains) {
            all.add(new Parameter("chains.stepSize", stepSizeOffset(), 1, 1));
        }
        return List.copyOf(all);
    }

    /** Returns the ranges of the layers' weights in the vector, without biases and the prior. */
    public List<Range> weights() {
        return parameters().stream()
                .filter(Parameter::isWeights)
                .map(parameter -> new Range(parameter.offset(), parameter.length()))
                .toList();
    }

    private static void addMoved(List<Parameter> all, List<Parameter> parameters, int from) {
        for (Parameter p : parameters) {
            all.add(new Parameter(p.name(), from + p.offset(), p.rows(), p.columns()));
        }
    }

    /**
     * Returns the initial values of all parameters, with the biases of the decoder's last layer at the centres of the
     * columns. If an output's bias is shared by a channel of an image, it is the mean over the channel.
     *
     * @param centres d numbers. Not modified.
     */
    public float[] initialize(long seed, double[] centres) {
        float[] parameters = initialize(seed);
        startMask(parameters, centres);
        float[] outputs = new float[likelihood.outputs()];
        likelihood.start(centres, outputs, 0);
        List<Parameter> own = decoder.parameters();
        Parameter bias = own.get(own.size() - 1);
        int shared = outputs.length / bias.length();
        for (int k = 0; k < outputs.length; k++) {
            parameters[decoderOffset() + bias.offset() + k / shared] += outputs[k] / shared;
        }
        return parameters;
    }

    /**
     * Writes the weights of the mask in the encoder's first layer such that a missing cell has the effect of a cell at
     * the centre of its column. The kernels of a convolution belong to no column and are left as they are.
     */
    private void startMask(float[] parameters, double[] centres) {
        List<Layer> layers = encoder == null ? List.of() : encoder.layers();
        int mask = 0;
        while (mask < layers.size() && !(layers.get(mask) instanceof Mask)) {
            mask++;
        }
        if (mask + 1 >= layers.size() || !(layers.get(mask + 1) instanceof Dense first)) {
            return;
        }
        FMatrixRMaj read = new FMatrixRMaj(1, inputs());
        for (int j = 0; j < inputs(); j++) {
            read.data[j] = (float) centres[j];
        }
        for (Layer layer : layers.subList(0, mask)) {
            read = layer.worker(1, 0, new FloatProducts()).forward(parameters, read);
        }
        int half = inputs() * first.outputs();
        for (int at = 0; at < half; at++) {
            parameters[half + at] = parameters[at] * read.data[at / first.outputs()];
        }
    }

    /**
     * Returns the initial values of all parameters. The parameters of each network and of the prior are drawn from a
     * separate random stream.
     */
    public float[] initialize(long seed) {
        float[] parameters = new float[parameterCount()];
        if (encoder != null) {
            encoder.initialize(parameters, 0, RandomStreams.of(seed, Purpose.WEIGHTS, 0));
        }
        decoder.initialize(parameters, decoderOffset(), RandomStreams.of(seed, Purpose.WEIGHTS, 1));
        likelihood.initialize(parameters, likelihoodOffset());
        if (prior != null) {
            prior.initialize(parameters, priorOffset(), RandomStreams.of(seed, Purpose.WEIGHTS, 2));
        }
        if (auxiliary != null) {
            auxiliary.initialize(parameters, auxiliaryOffset(), RandomStreams.of(seed, Purpose.WEIGHTS, 3));
        }
        return parameters;
    }
}
