package io.github.sparklatent.vae;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.nn.Likelihood;
import io.github.sparklatent.nn.Network;
import io.github.sparklatent.nn.Parameter;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The networks of an architecture; their parameters lie in one vector: encoder, decoder, what the
 * likelihood itself learns.
 *
 * @param encoder from d columns to the code, or to mean and log variance of it
 * @param decoder from l columns to the outputs that the likelihood is made of
 * @param likelihood p(x | outputs)
 */
record Networks(Network encoder, Network decoder, Likelihood likelihood) implements Serializable {
    /** Of the decoder's parameters. */
    int decoderOffset() {
        return Parameter.length(encoder.parameters());
    }

    /** Of what the likelihood itself learns. */
    int likelihoodOffset() {
        return decoderOffset() + Parameter.length(decoder.parameters());
    }

    /** Entries of the vector. */
    int parameterCount() {
        return likelihoodOffset() + Parameter.length(likelihood.parameters());
    }

    /** All of them, in order, without gaps. */
    List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>(encoder.parameters());
        for (Parameter p : decoder.parameters()) {
            int offset = decoderOffset() + p.offset();
            all.add(new Parameter(p.name(), offset, p.rows(), p.columns()));
        }
        all.addAll(Parameter.within("likelihood", likelihoodOffset(), likelihood.parameters()));
        return List.copyOf(all);
    }

    /** The start of a training. */
    float[] initialize(long seed) {
        float[] parameters = new float[parameterCount()];
        encoder.initialize(parameters, 0, RandomStreams.of(seed, Purpose.WEIGHTS, 0));
        decoder.initialize(parameters, decoderOffset(), RandomStreams.of(seed, Purpose.WEIGHTS, 1));
        likelihood.initialize(parameters, likelihoodOffset());
        return parameters;
    }
}
