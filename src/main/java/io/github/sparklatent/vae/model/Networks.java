package io.github.sparklatent.vae.model;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.nn.Decoder;
import io.github.sparklatent.nn.Likelihood;
import io.github.sparklatent.nn.Network;
import io.github.sparklatent.nn.Parameter;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The networks of a model. Their parameters lie in one vector, in the order of the components of
 * this record.
 *
 * @param encoder from d columns to the parameters of q(z|x); null if there is none
 * @param decoder from l columns to the outputs that the likelihood is made of
 * @param likelihood p(x | outputs)
 * @param prior what is learnt of the prior; null if nothing is
 * @param auxiliary the discriminator from d columns to a logit, or the classifier from l columns to
 *     K logits; null if there is none
 */
public record Networks(
        Network encoder, Network decoder, Likelihood likelihood, Prior prior, Network auxiliary)
        implements Serializable {
    /** Returns d. */
    public int inputs() {
        return likelihood.width();
    }

    /** Returns l. */
    public int latent() {
        return decoder.inputs();
    }

    /** Returns the offset of the decoder's parameters. */
    public int decoderOffset() {
        return encoder == null ? 0 : Parameter.length(encoder.parameters());
    }

    /** Returns the offset of the likelihood's own parameters. */
    int likelihoodOffset() {
        return decoderOffset() + Parameter.length(decoder.parameters());
    }

    /** Returns the decoder with its likelihood: p(x|z). */
    public Decoder conditional() {
        return new Decoder(decoder, decoderOffset(), likelihood, likelihoodOffset());
    }

    /** Returns the offset of the prior's parameters. */
    public int priorOffset() {
        return likelihoodOffset() + Parameter.length(likelihood.parameters());
    }

    /** Returns the distribution that codes are drawn from, under trained parameters. */
    public LatentDistribution distribution(float[] parameters) {
        return prior == null
                ? LatentDistribution.standardNormal(latent())
                : prior.distribution(parameters, priorOffset());
    }

    /** Returns the offset of the parameters of discriminator or classifier. */
    public int auxiliaryOffset() {
        return priorOffset() + (prior == null ? 0 : Parameter.length(prior.parameters()));
    }

    /** Returns the length of the parameter vector. */
    public int parameterCount() {
        return auxiliaryOffset()
                + (auxiliary == null ? 0 : Parameter.length(auxiliary.parameters()));
    }

    /** Returns all parameters, in order, without gaps. */
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
        return List.copyOf(all);
    }

    private static void addMoved(List<Parameter> all, List<Parameter> parameters, int from) {
        for (Parameter p : parameters) {
            all.add(new Parameter(p.name(), from + p.offset(), p.rows(), p.columns()));
        }
    }

    /** Returns the initial values of all parameters, each part drawn from its own stream. */
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
            auxiliary.initialize(
                    parameters, auxiliaryOffset(), RandomStreams.of(seed, Purpose.WEIGHTS, 3));
        }
        return parameters;
    }
}
