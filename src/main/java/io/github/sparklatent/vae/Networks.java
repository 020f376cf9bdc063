package io.github.sparklatent.vae;

import io.github.sparklatent.gan.Generator;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.nn.Likelihood;
import io.github.sparklatent.nn.Network;
import io.github.sparklatent.nn.Parameter;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The networks of an architecture; their parameters lie in one vector, in the order of the
 * components of this record.
 *
 * @param encoder from d columns to the heads that the kind asks for; null where there is none
 * @param decoder from l columns to the outputs that the likelihood is made of
 * @param likelihood p(x | outputs)
 * @param prior what the distribution of codes learns; null where that is N(0, I)
 * @param auxiliary the discriminator from d columns to a logit, or the classifier from l columns to
 *     K logits; null where there is none
 */
record Networks(
        Network encoder, Network decoder, Likelihood likelihood, Prior prior, Network auxiliary)
        implements Serializable {
    /** d. */
    int inputs() {
        return likelihood.width();
    }

    /** l. */
    int latent() {
        return decoder.inputs();
    }

    /** Of the decoder's parameters. */
    int decoderOffset() {
        return encoder == null ? 0 : Parameter.length(encoder.parameters());
    }

    /** Of what the likelihood itself learns. */
    int likelihoodOffset() {
        return decoderOffset() + Parameter.length(decoder.parameters());
    }

    /** The decoder as what generates rows. */
    Generator generator() {
        return new Generator(decoder, decoderOffset(), likelihood, likelihoodOffset());
    }

    /** Of the prior's parameters. */
    int priorOffset() {
        return likelihoodOffset() + Parameter.length(likelihood.parameters());
    }

    /** Of the parameters of discriminator or classifier. */
    int auxiliaryOffset() {
        return priorOffset() + (prior == null ? 0 : Parameter.length(prior.parameters()));
    }

    /** Entries of the vector. */
    int parameterCount() {
        return auxiliaryOffset()
                + (auxiliary == null ? 0 : Parameter.length(auxiliary.parameters()));
    }

    /** All of them, in order, without gaps. */
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

    /** The start of a training. */
    float[] initialize(long seed) {
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
