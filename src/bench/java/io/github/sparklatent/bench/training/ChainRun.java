package io.github.sparklatent.bench.training;

import io.github.sparklatent.bench.report.NamedRun;

/**
 * The figures of one training on rows that were not trained on.
 *
 * @param seconds of the training
 * @param elbo evidence lower bound, nats per row
 * @param byEncoder importance-weighted bound of log p(x) by draws of q(z|x), nats per row
 * @param byChains importance-weighted bound of log p(x) by Gaussians fitted to chains, nats per row
 * @param trained the same of the rows that were trained on
 * @param acceptance mean acceptance probability of the chains; null without chains
 * @param stepSize in deviations of q(z|x); null without chains
 * @param effectiveSize effective sample size of one transition; null without chains
 */
record ChainRun(
        String name,
        double seconds,
        double elbo,
        double byEncoder,
        double byChains,
        double trained,
        Double acceptance,
        Double stepSize,
        Double effectiveSize)
        implements NamedRun {}
