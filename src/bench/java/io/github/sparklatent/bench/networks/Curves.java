package io.github.sparklatent.bench.networks;

import java.io.IOException;
import java.nio.file.Path;

/** A file of curves by name; a curve that is measured again takes the place of the old one. */
final class Curves extends RunFile<Curve> {
    /** Reads the file, if there is one. */
    Curves(Path file) throws IOException {
        super(file, Curve.class);
    }

    /** Adds a curve, or only its seconds to that on file, to the file as it is by now. */
    void put(Curve curve, boolean onlySeconds) throws IOException {
        read();
        put(onlySeconds ? find(curve.name()).orElseThrow().timedBy(curve) : curve);
    }
}
