package io.github.sparklatent.bench.adversarial;

import io.github.sparklatent.vae.NetworkSampler;
import io.github.sparklatent.vae.TrainedNetwork;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.ejml.data.FMatrixRMaj;

/** Rows drawn from trained networks. */
final class DrawnRows {
    private static final int ACROSS = 20;
    private static final int DOWN = 8;
    private static final int WHITE = 255;

    private DrawnRows() {}

    /** Returns E[x | z] for z from the prior, which a discriminator judges; n × d. */
    static FMatrixRMaj of(TrainedNetwork network, int count, long seed) {
        NetworkSampler sampler = network.sampler(seed);
        int width = network.architecture().inputs();
        FMatrixRMaj rows = new FMatrixRMaj(count, width);
        double[] row = new double[width];
        for (int i = 0; i < count; i++) {
            sampler.mean(i, row);
            for (int j = 0; j < width; j++) {
                rows.data[i * width + j] = (float) row[j];
            }
        }
        return rows;
    }

    /**
     * Writes the first rows as a grid of images.
     *
     * @param rows n × side², values in [0, 1]; 1 is black. Not modified.
     */
    static void picture(FMatrixRMaj rows, int side, Path file) throws IOException {
        BufferedImage picture = new BufferedImage(ACROSS * side, DOWN * side, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < ACROSS * DOWN; i++) {
            for (int at = 0; at < side * side; at++) {
                int x = i % ACROSS * side + at % side;
                int y = i / ACROSS * side + at / side;
                int grey = WHITE - Math.round(WHITE * rows.data[i * side * side + at]);
                picture.getRaster().setSample(x, y, 0, grey);
            }
        }
        ImageIO.write(picture, "png", file.toFile());
    }
}
