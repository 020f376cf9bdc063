package io.github.sparklatent.vae;

import io.github.sparklatent.nn.Parameter;
import java.io.Serializable;
import java.util.List;
import java.util.random.RandomGenerator;

/** What a distribution of codes with components learns: p(z) or p(z|y). */
interface Prior extends Serializable {
    /** Its parameters, the first at offset 0, without gaps. */
    List<Parameter> parameters();

    /** Fills its parameters with the start of a training. */
    void initialize(float[] parameters, int offset, RandomGenerator random);

    /**
     * What codes are drawn from.
     *
     * @param parameters of the networks. Kept, not modified.
     * @param offset of the prior's own
     */
    CodePrior trained(float[] parameters, int offset);
}
