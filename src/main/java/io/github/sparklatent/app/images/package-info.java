/**
 * Layer 5: tables of images. {@link io.github.sparklatent.app.images.IdxTable} reads the file format of MNIST. A row
 * has an array of numbers in [0, 1], channel by channel and line by line, and the class of the image if there is one.
 * The workers read the rows.
 */
package io.github.sparklatent.app.images;
