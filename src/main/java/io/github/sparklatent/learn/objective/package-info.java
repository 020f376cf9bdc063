/**
 * Layer 1: {@link io.github.sparklatent.learn.objective.StochasticObjective}, a loss of rows and
 * its gradient through a flat vector of parameters, which is moved in one or more parameter groups.
 *
 * <p>The tests compile this package once more for doubles, so that finite differences can check
 * every gradient.
 */
package io.github.sparklatent.learn.objective;
