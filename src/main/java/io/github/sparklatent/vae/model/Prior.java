package io.github.sparklatent.vae.model;

import io.github.sparklatent.nn.Parameter;
import java.io.Serializable;
import java.util.List;
import java.util.random.RandomGenerator;

/** A prior of latent codes with parameters to learn: p(z) or p(z|y) with K components. */
public interface Prior extends Serializable {
    int components();

    /** Returns the parameters, the first at offset 0, without gaps. */
    List<Parameter> parameters();

    void initialize(float[] parameters, int offset, RandomGenerator random);

    /**
     * Returns the distribution that codes are drawn from.
     *
     * @param parameters parameters of all networks. Not modified.
     * @param offset index of the prior's first parameter
     */
    LatentDistribution distribution(float[] parameters, int offset);
}
