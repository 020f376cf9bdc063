/**
 * Tables of images: {@link io.github.sparklatent.app.images.IdxTable} reads the files that MNIST
 * comes in, {@link io.github.sparklatent.app.images.ImageTable} folders of pictures. A row is an
 * array of numbers in [0, 1], channel by channel and line by line, and its class where there is
 * one; rows are made on the workers.
 */
package io.github.sparklatent.app.images;
