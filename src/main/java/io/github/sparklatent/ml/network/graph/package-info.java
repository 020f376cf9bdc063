/**
 * Networks as operators of ONNX graphs: {@link io.github.sparklatent.ml.network.graph.LayerGraph} the layers, in single
 * precision as they are trained, {@link io.github.sparklatent.ml.network.graph.LikelihoodGraph} means and densities of
 * rows given the outputs of a decoder, in double precision,
 * {@link io.github.sparklatent.ml.network.graph.PosteriorGraph} codes and scores of a variational network, and
 * {@link io.github.sparklatent.ml.network.graph.ModelGraph} a whole model.
 */
package io.github.sparklatent.ml.network.graph;
